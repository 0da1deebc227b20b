import OrchCore
import Testing

@Suite struct TemplateTests {
    private static let variables: [String: JSONValue] = [
        "issue": [
            "title": "Fix", "number": 12, "labels": ["a", "b"], "body": "", "none": nil, "flag": true, "half": 0.5,
            "people": [["name": "Ada"], ["name": "Bob"]],
        ],
        "empty": [], "word": "hello", "attempt": nil,
    ]

    @Test(
        arguments: [
            ("plain", "plain"), ("", ""), ("{{ issue.title }}", "Fix"), ("{{issue.number}}", "12"),
            ("a{{ issue.none }}b", "ab"), ("{{ issue.none.deeper }}", ""),
            ("{{ issue.labels[1] }}{{ issue.labels[9] }}", "b"), ("{{ issue[\"title\"] }}", "Fix"),
            ("{{ issue.labels.size }}", "2"), ("{{ issue.flag }} {{ issue.half }}", "true 0.5"),
            ("{{ issue.labels }}", "[\"a\",\"b\"]"), ("{{ \"x}}y\" }}", "x}}y"),
            ("{{ 'q' }}{{ 5 }}{{ -1.5 }}", "q5-1.5"), ("{ { % }", "{ { % }"),
            ("{{ issue.labels | join: \", \" }}", "a, b"), ("{{ word | upcase | append: '!' }}", "HELLO!"),
            ("{{ issue.body | default: 'none' }}", "none"), ("{{ word | capitalize }}", "Hello"),
            ("{{ word | replace: 'l', 'L' | prepend: '>' }}", ">heLLo"),
            ("{{ issue.people | first | json }}", "{\"name\":\"Ada\"}"), ("{{ word | truncate: 3 }}", "he…"),
            ("{{ word | size }}", "5"), ("{{ ' x ' | strip }}", "x"), ("{{ issue.none | join }}", ""),
            ("{% if issue.flag %}yes{% endif %}", "yes"), ("{% if issue.body %}yes{% else %}no{% endif %}", "no"),
            ("{% if attempt %}a{% elsif word == 'hello' %}b{% else %}c{% endif %}", "b"),
            ("{% unless attempt %}first{% endunless %}", "first"),
            ("{% if issue.labels contains 'b' and word != 'x' %}y{% endif %}", "y"),
            ("{% if false or 2 > 1 %}y{% endif %}", "y"),
            ("{% if empty %}y{% else %}n{% endif %}", "n"), ("{% if issue.number >= 12 %}y{% endif %}", "y"),
            ("{% if issue.number == 12.0 %}y{% endif %}", "y"), ("{% if word < 'i' %}y{% endif %}", "y"),
            ("{% if true or false and false %}y{% endif %}", "y"), ("{% if word contains 'ell' %}y{% endif %}", "y"),
            (
                "{% for l in issue.labels %}{{ forloop.index }}{{ l }}{% unless forloop.last %},{% endunless %}{% endfor %}",
                "1a,2b"
            ), ("{% for x in empty %}x{% else %}none{% endfor %}", "none"),
            (
                "{% for p in issue.people %}{% for q in issue.people %}{{ p.name }}{{ q.name }} {% endfor %}{% endfor %}",
                "AdaAda AdaBob BobAda BobBob "
            ), ("{% for x in issue.none %}x{% endfor %}", ""),
            ("{% raw %}{{ x }}{% endraw %}", "{{ x }}"), ("a{% comment %}{{ x }}{% if %}{% endcomment %}b", "ab"),
            ("a {{- word -}} b", "ahellob"), ("a\n{%- if true -%}\n x \n{%- endif -%}\nb", "axb"),
            ("日{{ word }}本", "日hello本"),
        ])
    func `a template is filled in`(text: String, result: String) throws {
        #expect(try Template.render(text, variables: Self.variables) == result)
        #expect(throws: Never.self) { try Template.check(text, variables: Self.variables) }
    }

    @Test(
        arguments: [
            ("a\n{{ isue.title }}", .unknownVariable, 2, "isue"),
            ("{{ issue.titel }}", .unknownVariable, 1, "issue.titel"), ("{{ word.x }}", .unknownVariable, 1, "word.x"),
            ("\n\n{% if nope %}{% endif %}", .unknownVariable, 3, "nope"),
            ("{% for x in nope %}{% endfor %}", .unknownVariable, 1, "nope"),
            ("{% for l in issue.labels %}{% endfor %}{{ l }}", .unknownVariable, 1, "`l`"),
            ("{{ word | shout }}", .unknownFilter, 1, "shout"), ("x\n{% include 'x' %}", .unknownTag, 2, "include"),
            ("{% assign x = 1 %}", .unknownTag, 1, "assign"), ("{{ word", .syntax, 1, "not closed"),
            ("{% if word %}", .syntax, 1, "endif"), ("{% endif %}", .syntax, 1, "closes nothing"),
            ("{% if word %}{% endfor %}", .syntax, 1, "endfor"),
            ("{% for x %}{% endfor %}", .syntax, 1, "for item in list"), ("{{ }}", .syntax, 1, "missing"),
            ("{{ word word }}", .syntax, 1, "word"),
            ("{{ 'x }}", .syntax, 1, "not closed"), ("{{ a.b. }}", .syntax, 1, "name"),
            ("{{ word | }}", .syntax, 1, "filter"), ("{{ word | replace: 'a' }}", .syntax, 1, "replace"),
            ("{% raw %}x", .syntax, 1, "endraw"), ("{% comment %}x", .syntax, 1, "endcomment"),
            ("{{ a ; b }}", .syntax, 1, ";"), ("{% if %}{% endif %}", .syntax, 1, "missing"),
            ("{% else %}", .syntax, 1, "else"), ("{% if word %}{% else %}{% else %}{% endif %}", .syntax, 1, "else"),
            ("{{ word | truncate: 'x' }}", .wrongType, 1, "truncate"),
            ("{% for x in word %}{% endfor %}", .wrongType, 1, "list"),
        ] as [(String, TemplateError.Code, Int, String)]
    )
    func `a mistake is named, with its line`(text: String, code: TemplateError.Code, line: Int, words: String) {
        let error = #expect(throws: TemplateError.self) { try Template.render(text, variables: Self.variables) }
        #expect(error?.code == code)
        #expect(error?.line == line)
        #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
    }

    @Test(arguments: [
        "{% if false %}{{ nope }}{% endif %}", "{% for x in issue.people %}{{ x.age }}{% endfor %}",
        "{% if true %}{% else %}{{ issue.titel }}{% endif %}", "{{ word | append: nope }}",
        "{% if true or nope %}{% endif %}",
    ])
    func `checking finds unknown names in branches that are not taken`(text: String) {
        #expect(throws: TemplateError.self) { try Template.check(text, variables: Self.variables) }
    }

    @Test func `checking takes null and empty samples for anything`() throws {
        try Template.check(
            "{{ attempt.x }}{% for e in empty %}{{ e.name }}{% endfor %}{{ issue.none.a.b }}",
            variables: Self.variables
        )
    }

    @Test func `loops have a limit`() {
        let variables: [String: JSONValue] = [
            "l": .array(Array(repeating: 1, count: 1_000)), "big": .string(String(repeating: "x", count: 1_000_000)),
        ]
        let loops = #expect(throws: TemplateError.self) {
            try Template.render("{% for a in l %}{% for b in l %}{% endfor %}{% endfor %}", variables: variables)
        }
        #expect(loops?.code == .tooLarge)
        let size = #expect(throws: TemplateError.self) {
            try Template.render("{% for a in l %}{{ big }}{% endfor %}", variables: variables)
        }
        #expect(size?.code == .tooLarge)
        #expect(throws: TemplateError.self) {
            try Template(String(repeating: "{% if true %}", count: 50) + String(repeating: "{% endif %}", count: 50))
        }
    }

    @Test func `values are not templates`() throws {
        #expect(try Template.render("{{ x }}", variables: ["x": "{{ y }}{% if %}"]) == "{{ y }}{% if %}")
    }

    @Test(arguments: 0..<300 as Range<UInt64>)
    func `changed templates are filled in or refused, and never more than that`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let whole =
            "a {{ issue.title | upcase }} {% if word == 'x' and empty %}b{% elsif true %}{% for l in issue.labels %}{{ l }}{% endfor %}{% endif %}{% raw %}{{%{% endraw %}"
        let text = String(decoding: random.mutated(Array(whole.utf8)), as: UTF8.self)
        do {
            _ = try Template.render(text, variables: Self.variables)
        } catch {
            #expect(error.line >= 1)
        }
    }

    @Test(
        .timeLimit(.minutes(1)),
        arguments: ["{", "{{", "{%", "{{ word }}", "{% raw %}", "{% comment %}", "{%- ", "{{ '", "{{ a.", "}}", "\n"]
    )
    func `long runs of anything are read in one pass`(part: String) {
        let text = String(repeating: part, count: 200_000 / part.utf8.count)
        do { _ = try Template.render(text, variables: Self.variables) } catch { #expect(error.line >= 1) }
    }
}
