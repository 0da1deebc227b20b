import OrchCore

/// One fact of a digest, read leniently: a JSON line with a `type`.
struct DigestEvent: Sendable, Hashable {
    var type: String
    var agent: String?
    var issue: Int?
    var summary: String
    var status: String
    var artifact: String?

    /// The facts in a message, in order, wherever they stand in it, also quoted with `>`.
    static func events(in text: String) -> [DigestEvent] {
        text.split(whereSeparator: \.isNewline).compactMap { line in
            let line = line.drop { $0 == " " || $0 == "\t" || $0 == ">" }
            // A line that is no JSON is prose: this is the test for it.
            guard line.hasPrefix("{"), let value = try? JSONValue(parsing: line) else { return nil }
            return DigestEvent(value)
        }
    }

    private init?(_ value: JSONValue) {
        guard let type = value["type"]?.stringValue else { return nil }
        let data = value["data"] ?? value["payload"]
        let member = { (key: String) in value[key] ?? data?[key] }
        self.type = type
        agent = member("agent")?.stringValue
        issue = member("issue")?.intValue.map { Int($0) }
        summary = member("summary")?.stringValue ?? ""
        status = member("status")?.stringValue ?? ""
        artifact = member("artifact")?.stringValue
    }
}
