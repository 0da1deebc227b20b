/// One issue of the demo, as a person would write it.
package struct DemoCharter: Sendable, Hashable {
    /// Its number in a fresh tracker, when the charters are created in order.
    package var number: Int
    package var title: String
    package var body: String
    package var labels: [String]
}

/// The four issues of the demo.
package enum DemoCharters {
    /// In the order in which they must be created: the second names the first by number.
    package static let all: [DemoCharter] = [greeting, guide, words, notes]

    /// Plain work, in one report.
    package static let greeting = DemoCharter(
        number: 1,
        title: "Add a greeting module",
        body: """
            ## Goal
            A shell script that greets somebody by name, or the world.

            ## Acceptance
            - [ ] `greeting/greet.sh Ada` prints `Hello, Ada!`
            - [ ] without a name it greets the world

            ## Scope
            Only the folder `greeting`.

            ## Validation
            `sh greeting/check.sh`
            """,
        labels: ["orchestrate"]
    )

    /// Blocked by the first.
    package static let guide = DemoCharter(
        number: 2,
        title: "Describe how to greet",
        body: """
            Blocked by: #1

            ## Goal
            A page for users that shows how to call the script of the first issue.

            ## Acceptance
            - [ ] `docs/greeting.md` has an example

            ## Scope
            Only `docs/greeting.md`.

            ## Validation
            `grep -q greet.sh docs/greeting.md`
            """,
        labels: ["orchestrate"]
    )

    /// Its first attempt fails its validation, and is sent back.
    package static let words = DemoCharter(
        number: 3,
        title: "Count the words of a text",
        body: """
            ## Goal
            A shell script that prints how many words its input has.

            ## Acceptance
            - [ ] `words/count.sh` counts words, not characters

            ## Scope
            Only the folder `words`.

            ## Validation
            `sh words/check.sh`
            """,
        labels: ["orchestrate"]
    )

    /// Reports in two steps, and waits for review at its end.
    package static let notes = DemoCharter(
        number: 4,
        title: "Write the release notes in two steps",
        body: """
            ## Goal
            Release notes. First the outline, then, after it was looked at, the text.

            ## Acceptance
            - [ ] `notes/RELEASE.md` has three points

            ## Scope
            Only the folder `notes`.

            ## Validation
            `sh notes/check.sh`
            """,
        labels: ["orchestrate", "auto:pr-on-complete"]
    )
}
