/// A program to run to its end, with all that it may use.
struct ProcessRequest: Sendable {
    /// The file to run.
    var program: String
    /// Its arguments, without the program's name.
    var arguments: [String]
    /// All of its environment: nothing is inherited.
    var environment: [String: String]
    /// The folder that it runs in.
    var directory: String
    /// How long it may take; after that its whole session is ended.
    var limit: Duration
    /// How many bytes of each of its outputs are kept.
    var outputLimit: Int = 1 << 20
    /// Whether its standard error is kept in the order of its standard output, as on a terminal.
    var mergesError = false

    /// What it is called in messages.
    var name: String { String(program.split(separator: "/").last ?? "program") }
}
