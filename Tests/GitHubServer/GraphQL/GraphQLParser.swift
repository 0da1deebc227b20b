import OrchCore

/// Parses GraphQL requests.
///
/// Directives are read and ignored: gh uses none.
struct GraphQLParser {
    private enum Token: Equatable {
        case name(String)
        case number(String)
        case text(String)
        case mark(String)
    }

    private var tokens: [Token] = []
    private var at = 0

    /// Parses a request.
    ///
    /// - Throws: `Refusal` with what was expected.
    static func parse(_ text: String) throws -> GraphQLDocument {
        var parser = GraphQLParser()
        parser.tokens = try tokenize(text)
        return try parser.document()
    }

    private mutating func document() throws -> GraphQLDocument {
        var document = GraphQLDocument()
        while at < tokens.count {
            switch tokens[at] {
            case .mark("{"):
                document.operations.append(
                    .init(isMutation: false, name: nil, defaults: [:], selections: try selections())
                )
            case .name("fragment"):
                at += 1
                let name = try self.name()
                try expect(.name("on"))
                let type = try self.name()
                try skipDirectives()
                document.fragments[name] = (type, try selections())
            case .name("query"), .name("mutation"): document.operations.append(try operation())
            default: throw error("a query, a mutation or a fragment")
            }
        }
        return document
    }

    private mutating func operation() throws -> GraphQLDocument.Operation {
        let isMutation = tokens[at] == .name("mutation")
        at += 1
        var name: String?
        if case .name(let text)? = peek { (name, at) = (text, at + 1) }
        var defaults: [String: JSONValue] = [:]
        if take(.mark("(")) {
            while !take(.mark(")")) {
                try expect(.mark("$"))
                let variable = try self.name()
                try expect(.mark(":"))
                try skipType()
                if take(.mark("=")) { defaults[variable] = try value().resolved([:]) }
                try skipDirectives()
            }
        }
        try skipDirectives()
        return .init(isMutation: isMutation, name: name, defaults: defaults, selections: try selections())
    }

    private mutating func skipType() throws {
        if take(.mark("[")) {
            try skipType()
            try expect(.mark("]"))
        } else {
            _ = try name()
        }
        _ = take(.mark("!"))
    }

    private mutating func skipDirectives() throws {
        while take(.mark("@")) {
            _ = try name()
            if peek == .mark("(") { _ = try arguments() }
        }
    }

    private mutating func selections() throws -> [GraphQLDocument.Selection] {
        try expect(.mark("{"))
        var found: [GraphQLDocument.Selection] = []
        while !take(.mark("}")) {
            if take(.mark("...")) {
                found.append(try fragment())
            } else {
                var name = try self.name()
                let alias = name
                if take(.mark(":")) { name = try self.name() }
                let arguments = peek == .mark("(") ? try arguments() : [:]
                try skipDirectives()
                let below = peek == .mark("{") ? try selections() : []
                found.append(.field(.init(alias: alias, name: name, arguments: arguments, selections: below)))
            }
        }
        return found
    }

    private mutating func fragment() throws -> GraphQLDocument.Selection {
        if take(.name("on")) {
            let type = try name()
            try skipDirectives()
            return .inline(type: type, try selections())
        }
        if case .name(let name)? = peek {
            at += 1
            try skipDirectives()
            return .spread(name)
        }
        try skipDirectives()
        return .inline(type: nil, try selections())
    }

    private mutating func arguments() throws -> [String: GraphQLDocument.Value] {
        try expect(.mark("("))
        var found: [String: GraphQLDocument.Value] = [:]
        while !take(.mark(")")) {
            let name = try self.name()
            try expect(.mark(":"))
            found[name] = try value()
        }
        return found
    }

    private mutating func value() throws -> GraphQLDocument.Value {
        guard let token = peek else { throw error("a value") }
        at += 1
        switch token {
        case .mark("$"): return .variable(try name())
        case .text(let text): return .constant(.string(text))
        case .number(let text):
            if let whole = Int64(text) { return .constant(.integer(whole)) }
            return .constant(.double(Double(text) ?? 0))
        case .name("true"): return .constant(true)
        case .name("false"): return .constant(false)
        case .name("null"): return .constant(.null)
        case .name(let text): return .constant(.string(text))  // an enum's case
        case .mark("["):
            var items: [GraphQLDocument.Value] = []
            while !take(.mark("]")) { items.append(try value()) }
            return .list(items)
        case .mark("{"):
            var members: [String: GraphQLDocument.Value] = [:]
            while !take(.mark("}")) {
                let name = try self.name()
                try expect(.mark(":"))
                members[name] = try value()
            }
            return .object(members)
        default: throw error("a value")
        }
    }

    private var peek: Token? { at < tokens.count ? tokens[at] : nil }

    private mutating func take(_ token: Token) -> Bool {
        guard peek == token else { return false }
        at += 1
        return true
    }

    private mutating func expect(_ token: Token) throws {
        guard take(token) else { throw error("\(token)") }
    }

    private mutating func name() throws -> String {
        guard case .name(let name)? = peek else { throw error("a name") }
        at += 1
        return name
    }

    private func error(_ expected: String) -> Refusal {
        Refusal(422, "Parse error: expected \(expected), found \(peek.map { "\($0)" } ?? "the end")")
    }

    private static func tokenize(_ text: String) throws -> [Token] {
        let bytes = Array(text.utf8)
        var tokens: [Token] = []
        var at = 0
        while at < bytes.count {
            let byte = bytes[at]
            switch byte {
            case 0x20, 0x09, 0x0A, 0x0D, UInt8(ascii: ","): at += 1
            case UInt8(ascii: "#"):
                while at < bytes.count, bytes[at] != 0x0A { at += 1 }
            case UInt8(ascii: "\""):
                let start = at
                at += 1
                while at < bytes.count, bytes[at] != UInt8(ascii: "\"") {
                    at += bytes[at] == UInt8(ascii: "\\") ? 2 : 1
                }
                at += 1
                // GraphQL's escapes are JSON's.
                guard at <= bytes.count, case .string(let value)? = try? JSONValue(parsing: Array(bytes[start..<at]))
                else {
                    throw Refusal(422, "Parse error: a string does not end")
                }
                tokens.append(.text(value))
            case UInt8(ascii: "."):
                tokens.append(.mark("..."))
                at += 3
            case _ where isName(byte) && !isDigit(byte):
                let start = at
                while at < bytes.count, isName(bytes[at]) { at += 1 }
                tokens.append(.name(String(decoding: bytes[start..<at], as: UTF8.self)))
            case _ where isDigit(byte) || byte == UInt8(ascii: "-"):
                let start = at
                at += 1
                while at < bytes.count, isName(bytes[at]) || bytes[at] == UInt8(ascii: ".") { at += 1 }
                tokens.append(.number(String(decoding: bytes[start..<at], as: UTF8.self)))
            default:
                tokens.append(.mark(String(decoding: [byte], as: UTF8.self)))
                at += 1
            }
        }
        return tokens
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte >= 48 && byte <= 57 }

    private static func isName(_ byte: UInt8) -> Bool {
        isDigit(byte) || byte == UInt8(ascii: "_") || (byte | 0x20 >= 97 && byte | 0x20 <= 122)
    }
}
