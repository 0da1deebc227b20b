/// Standard input, or what stands for it in tests.
package protocol InputSource: AnyObject {
    /// Whether a person types there.
    var isTerminal: Bool { get }
    /// Everything up to the end; nil when there are more than `limit` bytes.
    func readAll(limit: Int) throws -> [UInt8]?
    /// What has come by now: nil when nothing has, no bytes at the end.
    func take() throws -> [UInt8]?
    /// Waits until something has come, but not longer than that.
    func wait(atMostMs limitMs: Int) async
    /// How keys are got one by one; nil where that is not possible.
    var keys: TerminalMode? { get }
}

extension InputSource {
    /// What does not come by and by has no keys.
    package var keys: TerminalMode? { nil }
}
