/// How a hook or an allow-listed command ended.
package struct CommandOutcome: Sendable, Hashable {
    /// As shells have it: 128 and the number for a signal, 124 for the limit.
    package var exitCode: Int
    /// What it wrote, both outputs in their order, bounded, repaired to UTF-8.
    ///
    /// Not yet fit for a terminal.
    package var output: String
    /// Whether it took longer than its limit and was ended.
    package var didTimeOut: Bool
    /// Whether parts of the output are left out.
    package var isCut: Bool

    /// Whether it did what it should.
    package var isSuccess: Bool { exitCode == 0 }

    init(_ outcome: ProcessOutcome) {
        exitCode = outcome.exitCode
        output = outcome.output.text
        didTimeOut = outcome.status == .timedOut
        isCut = outcome.output.isCut
    }
}
