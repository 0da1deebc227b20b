/// Labels of the form `key:value`.
enum LabelValue {
    /// The value of a label with this key, without spaces around it; nil for any other label.
    ///
    /// Case counts for nothing in the key.
    static func of(_ label: String, key: StaticString) -> String? {
        let bytes = Array(label.utf8.prefix(200))[...].trimmed
        guard bytes.begins(with: key) else { return nil }
        let rest = bytes.dropFirst(key.utf8CodeUnitCount).trimmed
        guard rest.first == UInt8(ascii: ":") else { return nil }
        return String(decoding: rest.dropFirst().trimmed, as: UTF8.self)
    }
}
