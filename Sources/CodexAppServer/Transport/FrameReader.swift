import NIOCore

/// Cuts a stream of bytes into messages.
///
/// A value without I/O, so that any sequence of bytes can be tried on it.
protocol FrameReader {
    /// Takes bytes as they came and tells what they complete.
    mutating func receive(_ bytes: ByteBuffer) -> [FrameEvent]
}

/// What a `FrameReader` found.
enum FrameEvent: Hashable {
    case message([UInt8])
    case oversized(prefix: [UInt8])
    /// Something to be ignored and counted.
    case fault(String)
    /// The other side wants to hear this back.
    case ping([UInt8])
    /// The other side ends the connection.
    case close(String)
    /// The other side broke the protocol: nothing after it can be understood.
    case violation(String)
}

/// How much of an oversized message is kept: enough to see a response's id.
let oversizedPrefixBytes = 256
