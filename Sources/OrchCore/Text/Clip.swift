/// Cuts texts to a length.
package enum Clip {
    /// At most so many Unicode scalars of a text, with `…` in place of what was cut.
    ///
    /// Scalars, not `Character`s: one `Character` can be megabytes long.
    ///
    /// - Parameters:
    ///   - text: any text; only its first `limit` scalars are looked at.
    ///   - limit: the most scalars to return, the `…` included.
    /// - Returns: the text, whole or cut.
    package static func characters(_ text: some StringProtocol, _ limit: Int) -> String {
        let scalars = text.unicodeScalars
        guard let end = scalars.index(scalars.startIndex, offsetBy: limit, limitedBy: scalars.endIndex),
            end != scalars.endIndex
        else { return String(text) }
        guard limit > 0 else { return "" }
        return String(String.UnicodeScalarView(scalars[..<scalars.index(before: end)])) + "…"
    }

    /// The first so many bytes of a text, cut between characters, without a mark.
    ///
    /// - Parameters:
    ///   - text: any text.
    ///   - limit: the most bytes of UTF-8 to return.
    /// - Returns: the part of the text.
    package static func bytes(_ text: String, _ limit: Int) -> String {
        let utf8 = text.utf8
        guard limit > 0 else { return "" }
        guard var end = utf8.index(utf8.startIndex, offsetBy: limit, limitedBy: utf8.endIndex), end != utf8.endIndex
        else { return text }
        while end != utf8.startIndex, utf8[end] & 0xC0 == 0x80 { end = utf8.index(before: end) }
        return String(text[..<end])
    }
}
