import OrchStore

/// Reads plain forms of `orch query REPORT` without the argument parser.
///
/// Building the parser's description of all commands takes as long as the rest of such a question (measured: 23 of 49 million
/// instructions). It takes only what it is sure of: each option once, with a value that is right. Anything else, a mistake included, is
/// the parser's, so that there is one source of words about mistakes. A test holds the two against each other.
enum QuickQuery {
    /// The request that the arguments are for sure; nil when the parser is to decide.
    static func request(_ arguments: [String]) -> ReportRequest? {
        guard arguments.count >= 2, arguments[0] == "query", let kind = ReportKind(rawValue: arguments[1]) else {
            return nil
        }
        var request = ReportRequest(kind: kind)
        var rest = arguments[2...]
        var seen: Set<String> = []
        while let word = rest.popFirst() {
            let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard let name = names[parts[0]], seen.insert(name).inserted else { return nil }
            if name == "json" {
                guard parts.count == 1, seen.insert("format").inserted else { return nil }
                request.format = .json
                continue
            }
            // `-i=3` means something else to the parser than `--issue=3`.
            guard parts.count == 1 || word.hasPrefix("--") else { return nil }
            guard let value = parts.count == 2 ? parts[1] : rest.popFirst(), !value.hasPrefix("-"), !value.isEmpty
            else { return nil }
            guard set(name, value, &request) else { return nil }
        }
        return request
    }

    private static let names: [String: String] = [
        "--since": "since", "--until": "until", "--agent": "agent", "-a": "agent", "--issue": "issue", "-i": "issue",
        "--status": "status", "-s": "status", "--limit": "limit", "-n": "limit", "--format": "format", "--json": "json",
        "--cwd": "cwd", "-C": "cwd",
    ]

    /// Sets one option; false when the value is not right.
    private static func set(_ name: String, _ value: String, _ request: inout ReportRequest) -> Bool {
        switch name {
        case "since", "until":
            // A mistake is told by the parser, which tries again.
            guard let time = try? TimeArgument.parse(value) else { return false }
            if name == "since" { request.since = time } else { request.until = time }
        case "agent": request.agent = value
        case "status": request.status = value
        case "cwd": request.path = value
        case "issue":
            guard let issue = IssueNumber(argument: value) else { return false }
            request.issue = issue
        case "limit":
            guard let limit = Int(value) else { return false }
            request.limit = limit
        default:
            guard let format = ReportFormat(rawValue: value) else { return false }
            request.format = format
        }
        return true
    }
}
