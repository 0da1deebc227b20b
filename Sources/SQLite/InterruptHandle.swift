import CSQLite
import Synchronization

/// Ends what runs on a connection, from any thread.
public final class InterruptHandle: Sendable {
    // The address of the connection, nil once it is closed. The lock keeps it from closing during a call.
    private let address: Mutex<UInt?>

    init(_ handle: OpaquePointer) {
        address = Mutex(UInt(bitPattern: handle))
    }

    /// Makes the running statements fail with `SQLITE_INTERRUPT`; nothing when none runs or the connection is closed.
    public func interrupt() {
        address.withLock { address in
            guard let handle = address.flatMap({ OpaquePointer(bitPattern: $0) }) else { return }
            sqlite3_interrupt(handle)
        }
    }

    func close() {
        address.withLock { $0 = nil }
    }
}
