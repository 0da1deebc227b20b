import Crypto

/// Binds an approval to the exact request that a person saw.
package enum RequestHash {
    /// The SHA-256 of the request's canonical JSON text, in hexadecimal.
    package static func of(_ canonicalText: String) -> String {
        let digits = Array("0123456789abcdef".utf8)
        let bytes = SHA256.hash(data: Array(canonicalText.utf8)).flatMap {
            [digits[Int($0 >> 4)], digits[Int($0 & 15)]]
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
