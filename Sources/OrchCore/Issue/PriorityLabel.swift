/// The label that says what comes first: `priority:P0` to `priority:P9`.
package enum PriorityLabel {
    /// The priority of an issue without such a label.
    package static let standard = 5

    /// The priority that labels give, 0 first; `priority:2` is the same as `priority:P2`.
    ///
    /// Of several the most urgent counts.
    package static func parse(_ labels: some Sequence<String>) -> Int {
        labels.compactMap(value).min() ?? standard
    }

    private static func value(_ label: String) -> Int? {
        guard let value = LabelValue.of(label, key: "priority") else { return nil }
        let digits = value.utf8.first?.lowercased == UInt8(ascii: "p") ? value.dropFirst() : value[...]
        guard digits.utf8.count == 1, let digit = digits.utf8.first, digit.isDigit else { return nil }
        return Int(digit - UInt8(ascii: "0"))
    }
}
