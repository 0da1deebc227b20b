/// One step of a worker's plan: a command or a patch.
struct DemoStep: Sendable {
    /// What a failure of this step means.
    enum Role: Sendable {
        /// Something is wrong: the worker stops and says so.
        case work
        /// The work does not meet its issue: the worker reports that.
        case check
    }

    var step: ModelStep
    var role = Role.work

    /// The command or patch, for a report.
    var text = "apply_patch"

    /// A shell command that takes a moment, after it is done: what a person sees of it begins with the command.
    static func run(_ command: String, pause: Duration, role: Role = .work) -> DemoStep {
        let milliseconds = pause / .milliseconds(1)
        let rest = milliseconds > 0 ? "\ncode=$?\nsleep \(milliseconds / 1000)\nexit $code" : ""
        return DemoStep(step: .exec(command + rest), role: role, text: command)
    }

    /// Looks at the worktree first, and removes the locks that a killed git left in it; nobody else works there.
    ///
    /// With `find`, since Codex refuses commands with `rm -f` unless somebody approves.
    static func look(pause: Duration) -> DemoStep {
        run(
            """
            git status --short --branch || exit
            own=$(git rev-parse --git-dir) && common=$(git rev-parse --git-common-dir) || exit
            find "$own" -maxdepth 1 -name '*.lock' -delete
            head=$(git symbolic-ref -q HEAD) && find "$common/$(dirname "$head")" -name "$(basename "$head").lock" -delete
            """,
            pause: pause
        )
    }

    /// Commits what changed under `folder`; nothing, if nothing changed.
    static func commit(_ folder: String, _ message: String, pause: Duration) -> DemoStep {
        run(
            """
            git add -A -- \(folder) || exit
            git diff --cached --quiet || git -c user.name='Demo agent' -c user.email=agent@demo.invalid \
            -c commit.gpgsign=false commit -q -m '\(message)' || exit
            git log --oneline -1
            """,
            pause: pause
        )
    }

    /// Writes a whole file.
    static func write(_ path: String, _ text: String) -> String {
        "cat > \(path) <<'END'\n\(text)\nEND"
    }
}
