import ArgumentParser

/// A subcommand: flags, `validate()` and this one method.
///
/// Everything that it reads or writes comes from the context, so that a test can run it whole. It throws; `ErrorWords` alone turns
/// what is thrown into words and an exit code.
protocol ContextCommand: ParsableCommand {
    /// Does it.
    func run(_ context: Context) async throws
}
