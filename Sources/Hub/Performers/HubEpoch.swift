import Synchronization

/// This daemon's epoch, for those that write besides the loop (I1): nil until the loop has begun.
package final class HubEpoch: Sendable {
    private let epoch = Mutex<Int64?>(nil)

    /// None yet.
    package init() {}

    /// The epoch.
    package var value: Int64? { epoch.withLock { $0 } }

    /// The loop has begun.
    package func set(_ new: Int64) { epoch.withLock { $0 = new } }
}
