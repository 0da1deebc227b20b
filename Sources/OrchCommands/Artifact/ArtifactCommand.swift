import ArgumentParser

/// `orch artifact …`.
struct ArtifactCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "artifact",
        abstract: "Read what agents reported: texts, logs, diffs",
        discussion: """
            An artifact's id is the SHA-256 of its bytes; it may be abbreviated to 4 digits or more, as in git. \
            `orch query artifacts` lists them.
            """,
        subcommands: [ArtifactShow.self, ArtifactCat.self]
    )
}
