import ArgumentParser

/// Which repository a command is about, as an option.
struct PlaceOptions: ParsableArguments, PlaceNaming {
    @Option(
        name: [.customShort("C"), .customLong("cwd")],
        help: ArgumentHelp("Work on the repository of this folder.", valueName: "dir"),
        completion: .directory
    )
    var path: String?
}
