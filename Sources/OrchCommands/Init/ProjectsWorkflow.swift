import Glibc
import OrchCore

/// The GitHub Action that `orch init --projects-workflow` writes: it keeps the Status of a GitHub Project as an issue's labels are.
struct ProjectsWorkflow {
    /// Where it is in a repository.
    static let path = ".github/workflows/labels-to-project.yml"
    /// The secret with the token for the project.
    static let secret = "PROJECT_TOKEN"

    /// What was done.
    enum Outcome: Sendable, Hashable {
        case written
        /// The file is there, and as it would be written.
        case there
    }

    /// What the labels are called.
    let labels: LabelNames

    /// Writes it.
    ///
    /// - Throws: `CommandError` when there is another file of that name, unless it may be written over.
    func write(to path: String, force: Bool) throws -> Outcome {
        let folder = String(path.prefix(upTo: path.lastIndex(of: "/") ?? path.startIndex))
        try Self.makeFolders(folder)
        guard try !NewFile.write(text, to: path) else { return .written }
        let present = try FileBytes.read(path: path, limit: 1 << 20)
        if present == Array(text.utf8) { return .there }
        guard force else {
            throw CommandError(
                .cannotCreate,
                "\(path) is there and differs from what orch writes",
                hint: "compare them, and write over it with --force"
            )
        }
        try NewFile.replace(path, with: text)
        return .written
    }

    private static func makeFolders(_ folder: String) throws {
        var path = ""
        for part in folder.split(separator: "/") {
            path += "/" + part
            guard mkdir(path, 0o777) == 0 || errno == EEXIST else {
                throw CommandError(.cannotCreate, "can't make the folder \(path): \(String(cString: strerror(errno)))")
            }
        }
    }

    /// The whole file.
    var text: String {
        Self.template.replacing("@LABELS@", with: Self.harmless(mapping)).replacing(
            "@OURS@",
            with: Self.harmless(
                JSONValue.array(([labels.orchestrate] + phases.map(\.label)).map { .string($0) }).canonicalText
            )
        )
    }

    /// The labels that show a phase, in the order in which they count when there are two, and what a Status may be called for each.
    private var phases: [(label: String, options: [String])] {
        [
            (labels.running, ["In Progress"]), (labels.review, ["In Review", "Review", "In Progress"]),
            (labels.stalled, ["Stalled", "Blocked", "In Progress"]), (labels.done, ["Done"]),
            (labels.queued, ["Queued", "Ready", "Todo"]),
        ]
    }

    /// One line of JSON for each label, which people may edit.
    private var mapping: String {
        let lines = phases.map { label, options in
            "              [" + JSONValue.string(label).canonicalText + ", "
                + JSONValue.array(options.map { .string($0) }).canonicalText + "]"
        }
        return "[\n" + lines.joined(separator: ",\n") + "\n            ]"
    }

    /// JSON in which GitHub sees no expression of its own, however a label is called.
    private static func harmless(_ json: String) -> String { json.replacing("${{", with: "\\u0024{{") }
}
