/// What a worker does in one turn: its steps, and the report when all of them went well.
struct DemoPlan: Sendable {
    /// What it says that it thinks, at the start.
    var thought: String
    var steps: [DemoStep]
    var report: String

    /// The plan for an issue of the demo.
    ///
    /// - Parameters:
    ///   - issue: its number in `DemoCharters`.
    ///   - wasAnswered: whether the orchestrator has answered a report, so that this is the second round.
    ///   - pause: how long each command takes.
    /// - Returns: nil for an issue that is none of the demo's.
    static func plan(issue: Int, wasAnswered: Bool, pause: Duration) -> DemoPlan? {
        switch issue {
        case DemoCharters.greeting.number: greeting(pause)
        case DemoCharters.guide.number: guide(pause)
        case DemoCharters.words.number: words(pause, isRight: wasAnswered)
        case DemoCharters.notes.number: wasAnswered ? notes(pause) : outline(pause)
        default: nil
        }
    }

    private static func report(_ summary: String, changes: [String], next: String = "None.", status: String) -> String {
        """
        ### Summary
        \(summary)

        ### Changes
        \(changes.map { "- " + $0 }.joined(separator: "\n"))

        ### Next Actions
        \(next)

        Status: \(status)
        """
    }

    private static func greeting(_ pause: Duration) -> DemoPlan {
        let script = """
            #!/bin/sh
            # Greets the one who is named, or the world.
            printf 'Hello, %s!\\n' "${1:-world}"
            """
        let check = """
            #!/bin/sh
            # Compares the greetings with what the issue asks for.
            cd "$(dirname "$0")" || exit 2
            [ "$(sh greet.sh Ada)" = 'Hello, Ada!' ] || { echo 'Ada is not greeted'; exit 1; }
            [ "$(sh greet.sh)" = 'Hello, world!' ] || { echo 'the world is not greeted'; exit 1; }
            echo 'greeting: ok'
            """
        let files = [DemoStep.write("greeting/greet.sh", script), DemoStep.write("greeting/check.sh", check)]
        return DemoPlan(
            thought: "Look at the worktree, write the script and its check, run the check, commit.",
            steps: [
                .look(pause: pause),
                .run("mkdir -p greeting\n" + files.joined(separator: "\n"), pause: pause),
                .run("sh greeting/check.sh", pause: pause, role: .check),
                .commit("greeting", "Add a greeting module", pause: pause),
            ],
            report: report(
                "The greeting module is there and its check passes.",
                changes: [
                    "`greeting/greet.sh` greets by name, or the world", "`sh greeting/check.sh` passes; committed",
                ],
                status: "done"
            )
        )
    }

    private static func guide(_ pause: Duration) -> DemoPlan {
        let patch = """
            *** Begin Patch
            *** Add File: docs/greeting.md
            +# How to greet
            +
            +    $ sh greeting/greet.sh Ada
            +    Hello, Ada!
            +
            +Without a name, the world is greeted.
            *** End Patch

            """
        return DemoPlan(
            thought: "See what the first issue made, describe it, commit.",
            steps: [
                .look(pause: pause),
                .run("git for-each-ref --format='%(refname:short) %(subject)' 'refs/heads/ai/iss-1*'", pause: pause),
                DemoStep(step: .applyPatch(patch)),
                .run("grep -q greet.sh docs/greeting.md", pause: pause, role: .check),
                .commit("docs", "Describe how to greet", pause: pause),
            ],
            report: report(
                "The page on greeting is written.",
                changes: ["`docs/greeting.md`", "`grep -q greet.sh docs/greeting.md` passes; committed"],
                status: "done"
            )
        )
    }

    private static func words(_ pause: Duration, isRight: Bool) -> DemoPlan {
        let script = """
            #!/bin/sh
            # Prints how many words the input has.
            wc \(isRight ? "-w" : "-c") | tr -d ' '
            """
        let check = """
            #!/bin/sh
            # Counts a text whose number of words is known.
            cd "$(dirname "$0")" || exit 2
            got=$(printf 'one two three\\n' | sh count.sh)
            [ "$got" = 3 ] || { echo "expected 3 words, got $got"; exit 1; }
            echo 'words: ok'
            """
        let files = [DemoStep.write("words/count.sh", script), DemoStep.write("words/check.sh", check)]
        return DemoPlan(
            thought: isRight
                ? "It counts characters. Count words, check again, commit." : "Write the script and its check.",
            steps: [
                .look(pause: pause),
                .run("mkdir -p words\n" + files.joined(separator: "\n"), pause: pause),
                .run("sh words/check.sh", pause: pause, role: .check),
                .commit("words", "Count the words of a text", pause: pause),
            ],
            report: report(
                "The script counts words now, and its check passes.",
                changes: ["`words/count.sh` counts with `wc -w`", "`sh words/check.sh` passes; committed"],
                status: "done"
            )
        )
    }

    private static func outline(_ pause: Duration) -> DemoPlan {
        DemoPlan(
            thought: "The outline first; the text when it was looked at.",
            steps: [
                .look(pause: pause),
                .run(
                    "mkdir -p notes\n" + DemoStep.write("notes/outline.txt", "greeting\ndocumentation\nwords"),
                    pause: pause
                ),
                .run("grep -c . notes/outline.txt", pause: pause),
            ],
            report: report(
                "Step 1 of 2: the outline of the release notes stands, with three points.",
                changes: ["`notes/outline.txt`, not committed yet"],
                next: "Write the text after the outline.",
                status: "continue"
            )
        )
    }

    private static func notes(_ pause: Duration) -> DemoPlan {
        let text = """
            # Release notes

            - There is a script that greets.
            - Its use is described.
            - Another script counts words.
            """
        let check = """
            #!/bin/sh
            # The release notes have three points.
            cd "$(dirname "$0")" || exit 2
            [ "$(grep -c '^- ' RELEASE.md)" = 3 ] || { echo 'there are not three points'; exit 1; }
            echo 'notes: ok'
            """
        let files = [DemoStep.write("notes/RELEASE.md", text), DemoStep.write("notes/check.sh", check)]
        return DemoPlan(
            thought: "The outline is agreed: write the text.",
            steps: [
                .look(pause: pause),
                .run(
                    "mkdir -p notes\nfind notes -name outline.txt -delete\n" + files.joined(separator: "\n"),
                    pause: pause
                ),
                .run("sh notes/check.sh", pause: pause, role: .check),
                .commit("notes", "Write the release notes", pause: pause),
            ],
            report: report(
                "Step 2 of 2: the release notes are written and their check passes.",
                changes: ["`notes/RELEASE.md`", "`sh notes/check.sh` passes; committed"],
                status: "done"
            )
        )
    }
}
