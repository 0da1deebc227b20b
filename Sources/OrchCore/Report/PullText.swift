/// The text of a pull request: what was asked for, what came of each item, and what the agent says.
package enum PullText {
    /// The most characters of the report that are shown.
    static let reportLimit = 20_000

    /// The body of a pull request that closes an issue when it is merged.
    ///
    /// - Parameters:
    ///   - issue: the issue's number.
    ///   - charter: what it asks for.
    ///   - report: the agent's last report, without control blocks.
    ///   - agent: who did it.
    /// - Returns: Markdown.
    package static func body(issue: Int, charter: Charter, report: String, agent: String?) -> String {
        var parts: [String] = []
        let goal = charter.goal.split(separator: "\n").prefix(20).joined(separator: "\n")
        if !goal.isEmpty { parts.append(goal) }
        if !charter.acceptance.isEmpty {
            let done = outcomes(in: report)
            let items = charter.acceptance.prefix(100).map { item in
                let isDone = item.isDone || done.contains(key(item.text))
                return "- [\(isDone ? "x" : " ")] \(item.text)\(isDone ? "" : " — not reported as done")"
            }
            parts.append("### Acceptance\n" + items.joined(separator: "\n"))
        }
        if !report.isEmpty {
            let who = agent.map { "Report of `\($0)`" } ?? "Report"
            parts.append("### \(who)\n" + Clip.characters(report, reportLimit))
        }
        return parts.joined(separator: "\n\n")
    }

    /// The line that has the tracker close the issue when the pull request is merged.
    package static func closing(_ issue: Int) -> String { "Closes #\(issue)" }

    /// The items that a report ticks off.
    private static func outcomes(in report: String) -> Set<String> {
        var found: Set<String> = []
        for line in report.split(separator: "\n") {
            let text = line.drop { $0 == " " || $0 == "\t" }
            guard let mark = text.first, "-*+".contains(mark) else { continue }
            let rest = text.dropFirst().drop { $0 == " " }
            guard rest.hasPrefix("[x]") || rest.hasPrefix("[X]") else { continue }
            found.insert(key(String(rest.dropFirst(3))))
        }
        return found
    }

    /// An item as it is compared: letters and digits only, without case.
    private static func key(_ text: String) -> String {
        String(text.lowercased().unicodeScalars.filter(\.properties.isAlphabetic).map(Character.init))
            + text.filter(\.isNumber)
    }
}
