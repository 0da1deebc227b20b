import OrchCore

/// What one git command answered.
struct GitOutput: Sendable {
    var exitCode: Int
    var bytes: [UInt8]
    var error: String

    /// The answer as text, without the line end at its end.
    var text: String {
        var bytes = bytes[...]
        while bytes.last == 0x0A { bytes.removeLast() }
        return SafeText.utf8(bytes)
    }

    /// The answer's parts that end with a zero byte, as `-z` writes them.
    var records: [String] { bytes.split(separator: 0).map { SafeText.utf8($0) } }
}
