/// How a connection opens its file.
public struct ConnectionOptions: Sendable, Hashable {
    /// What the connection may do.
    public enum Access: Sendable, Hashable {
        /// Reads and writes; `create` makes the file when it is missing.
        case readWrite(create: Bool)
        /// Reads only; still takes part in WAL's shared memory.
        case readOnly
        /// Reads only, a file that nobody changes: takes no locks, and looks for no log.
        case immutable
    }

    /// What the connection may do.
    public var access: Access
    /// How long to wait for another connection's lock, in milliseconds.
    public var busyLimitMs: Int

    /// Options for opening.
    public init(_ access: Access, busyLimitMs: Int = 5_000) {
        self.access = access
        self.busyLimitMs = busyLimitMs
    }

    /// Reads and writes.
    public static func readWrite(create: Bool, busyLimitMs: Int = 5_000) -> ConnectionOptions {
        ConnectionOptions(.readWrite(create: create), busyLimitMs: busyLimitMs)
    }

    /// Reads only.
    public static var readOnly: ConnectionOptions { ConnectionOptions(.readOnly) }
}

/// How much a commit waits for the disk: <https://sqlite.org/pragma.html#pragma_synchronous>.
public enum Synchronous: Int, Sendable, Hashable {
    /// In WAL mode: survives a crash of the process; a power cut may lose the newest commits, never corrupt.
    case normal = 1
    /// Survives a power cut.
    case full = 2
}
