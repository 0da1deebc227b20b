import Yams

/// A value of the front matter with the line that it stands in.
indirect enum ConfigNode: Sendable, Hashable {
    /// One key of a map.
    struct Member: Sendable, Hashable {
        var key: String
        var line: Int
        var value: ConfigNode
    }

    case null(line: Int)
    /// Text, number or truth: the reader decides by what is asked for.
    case scalar(String, isQuoted: Bool, line: Int)
    case list([ConfigNode], line: Int)
    case map([Member], line: Int)

    /// The line in the file, from 1.
    var line: Int {
        switch self {
        case .null(let line), .scalar(_, _, let line), .list(_, let line), .map(_, let line): line
        }
    }

    /// The most values of a front matter: aliases can make very many of a few bytes.
    static let limit = 10_000
    /// The deepest that they may be nested.
    static let depthLimit = 32

    /// Parses YAML.
    ///
    /// - Parameters:
    ///   - yaml: the front matter.
    ///   - firstLine: the line of the file that it begins in.
    /// - Returns: the root; nil if there is nothing but white space and comments.
    /// - Throws: `SettingsError` with the line of what is wrong.
    static func parse(_ yaml: String, firstLine: Int) throws(SettingsError) -> ConfigNode? {
        let root: Node?
        do {
            // The parser itself refuses more than 1,000 levels.
            root = try Yams.compose(yaml: yaml)
        } catch {
            throw SettingsError([problem(error, firstLine: firstLine)])
        }
        guard let root else { return nil }
        var left = limit
        return try convert(root, firstLine: firstLine, depth: 0, left: &left)
    }

    private static func convert(
        _ node: Node,
        firstLine: Int,
        depth: Int,
        left: inout Int
    ) throws(SettingsError) -> ConfigNode {
        let line = (node.mark?.line ?? 1) + firstLine - 1
        left -= 1
        guard left >= 0, depth <= depthLimit else { throw tooMuch(line: line) }
        switch node {
        case .scalar(let scalar):
            let isQuoted = scalar.style != .plain && scalar.style != .any
            if !isQuoted, ["", "~", "null", "Null", "NULL"].contains(scalar.string) { return .null(line: line) }
            return .scalar(scalar.string, isQuoted: isQuoted, line: line)
        case .sequence(let sequence):
            var elements: [ConfigNode] = []
            for element in sequence {
                elements.append(try convert(element, firstLine: firstLine, depth: depth + 1, left: &left))
            }
            return .list(elements, line: line)
        case .mapping(let mapping):
            var members: [Member] = []
            for (key, value) in mapping {
                let keyLine = (key.mark?.line ?? 1) + firstLine - 1
                guard case .scalar(let name) = key else {
                    throw SettingsError([
                        SettingsProblem(
                            code: .notAMap,
                            key: "",
                            line: keyLine,
                            text: "a key must be a word, not a list or a map"
                        )
                    ])
                }
                members.append(
                    Member(
                        key: name.string,
                        line: keyLine,
                        value: try convert(value, firstLine: firstLine, depth: depth + 1, left: &left)
                    )
                )
            }
            return .map(members, line: line)
        case .alias: return .null(line: line)
        }
    }

    private static func tooMuch(line: Int) -> SettingsError {
        SettingsError([
            SettingsProblem(
                code: .syntax,
                key: "",
                line: line,
                text: "the front matter is nested deeper than \(depthLimit) levels or has more than \(limit) values"
            )
        ])
    }

    private static func problem(_ error: any Error, firstLine: Int) -> SettingsProblem {
        var line: Int?
        var text = "the front matter is no YAML"
        switch error as? YamlError {
        case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
            .composer(let context, let problem, let mark, _):
            line = mark.line
            text += ": " + [context?.text, problem].compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: ", ")
        case .reader(let problem, _, _, _): text += ": " + problem
        case .duplicatedKeysInMapping(let keys, let context):
            line = context.mark.line
            text = "these keys are there twice: " + keys.sorted().map { "`\($0)`" }.joined(separator: ", ")
        default: break
        }
        return SettingsProblem(code: .syntax, key: "", line: line.map { $0 + firstLine - 1 }, text: text)
    }
}
