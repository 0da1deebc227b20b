/// A prompt with places to fill in, in the part of Liquid that prompts need.
///
/// Nothing unknown passes in silence.
///
/// - `{{ issue.title }}`, `{{ issue.labels[0] }}`, with filters: `{{ issue.labels | join: ", " }}`
/// - `{% if x %}…{% elsif y == "z" %}…{% else %}…{% endif %}`, `{% unless x %}…{% endunless %}`; `==`, `!=`, `<`, `<=`, `>`, `>=`, `contains`,
///   `and`, `or` (`and` binds tighter). False are `false`, null, the empty string and the empty list.
/// - `{% for l in issue.labels %}…{% else %}…{% endfor %}`, with `forloop.index`, `index0`, `first`, `last`, `length`
/// - `{% raw %}…{% endraw %}`, `{% comment %}…{% endcomment %}`; `{{-`, `-}}`, `{%-` and `-%}` take the white space beside them
///
/// An unknown variable, filter or tag is an error that names it and its line. A variable that is null is known: it is written as nothing, and
/// what is below it is null too.
package struct Template: Sendable {
    /// The longest result in bytes; it bounds loops too (I7).
    package static let outputLimit = 16 << 20

    let nodes: [TemplateNode]

    /// Reads a template.
    package init(_ text: String) throws(TemplateError) {
        var parser = TemplateParser(tokens: try TemplateLexer.tokens(of: text))
        nodes = try parser.document()
    }

    /// Fills a template in.
    ///
    /// - Parameters:
    ///   - text: the template.
    ///   - variables: what can be named in it.
    /// - Returns: the text.
    /// - Throws: `TemplateError`.
    package static func render(_ text: String, variables: [String: JSONValue]) throws(TemplateError) -> String {
        try Template(text).render(variables)
    }

    /// Fills it in.
    package func render(_ variables: [String: JSONValue]) throws(TemplateError) -> String {
        var renderer = TemplateRenderer(variables: variables)
        try renderer.render(nodes)
        return renderer.text
    }

    /// Checks all branches of a template against variables like those that it will get, without filling it in.
    ///
    /// - Parameters:
    ///   - text: the template.
    ///   - variables: samples: each name that exists must be in them; null and an empty list may stand for anything.
    /// - Throws: `TemplateError`, for a name that would be unknown in a branch that is seldom taken too.
    package static func check(_ text: String, variables: [String: JSONValue]) throws(TemplateError) {
        let checker = TemplateChecker()
        try checker.check(try Template(text).nodes, in: variables.mapValues { $0 })
    }
}
