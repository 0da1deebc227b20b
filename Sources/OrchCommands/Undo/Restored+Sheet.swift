import OrchCore
import Workspaces

extension Restored {
    /// What was brought back, for machines.
    var json: JSONValue {
        [
            "saved": .string(saved.shortName), "ref": .string(saved.ref), "agent": .string(saved.agent),
            "saved_at_ms": .number(saved.savedAtMs), "commit": .string(saved.commit), "branch": .string(branch),
            "branch_made": .bool(madeBranch), "head": .string(head), "worktree": .text(worktree),
            "uncommitted": .integer(Int64(uncommitted)), "was_there": .bool(wasThere),
            "nested": .array(saved.nested.map { .string($0) }), "complete": .bool(saved.isComplete),
        ]
    }

    /// Writes what was brought back and where it is: data to standard output, what to do next beside it.
    func write(to output: Output, nowMs: Int64) throws {
        func row(_ name: String, _ value: String) throws {
            try output.line(output.ink(.dim, Column.left(name, 12)) + value)
        }
        let age = saved.savedAtMs.map { ", \(TimeText.ago($0, nowMs: nowMs))" } ?? ""
        try row("saved", SafeText.line(saved.shortName) + age)
        try row(
            "branch",
            "\(SafeText.line(branch)) at \(head.prefix(12)), \(madeBranch ? "made again" : "there already")"
        )
        if let worktree {
            let files = "\(uncommitted) uncommitted file\(uncommitted == 1 ? "" : "s")"
            try row("worktree", "\(SafeText.line(worktree)), \(files)\(wasThere ? ", left as it was" : "")")
        }
        if !saved.nested.isEmpty {
            output.note(
                "Not among them are the files of repositories inside: \(saved.nested.map { SafeText.line($0) }.joined(separator: ", "))."
            )
        }
        if !saved.isComplete { output.note("Some files could not be read when it was saved, and are missing.") }
        if let worktree {
            output.note(
                "To look at it: cd \(Self.quoted(worktree)); when done: git worktree remove \(Self.quoted(worktree))"
            )
        } else {
            output.note("To look at it: git switch \(Self.quoted(branch))")
        }
    }

    /// As a shell takes it.
    private static func quoted(_ text: String) -> String {
        let isPlain = text.utf8.allSatisfy { byte in
            (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                || "/._-".utf8.contains(byte)
        }
        guard !isPlain else { return text }
        let inside = SafeText.line(text).split(separator: "'", omittingEmptySubsequences: false).joined(
            separator: "'\\''"
        )
        return "'\(inside)'"
    }
}
