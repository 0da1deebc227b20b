import OrchCore

/// The rules for text that a person gives: checked before anything is written, each message names the rule and the value.
enum TextChecks {
    /// Characters of a title at most.
    static let titleLimit = 256
    /// Bytes of a body or comment at most: 10 MiB.
    static let bodyLimit = 10 << 20
    /// Characters of a label at most (the column's own limit).
    static let labelLimit = 100

    /// A title without spaces at its ends: one line, not empty, no control characters, not too long.
    static func title(_ text: String) throws -> String {
        let title = trimmed(text)
        guard !title.isEmpty else {
            throw CommandError(.usage, "the title is empty", hint: "say in a few words what is to be done")
        }
        guard title.count <= titleLimit else {
            throw CommandError(
                .usage,
                "the title has \(title.count) characters; at most \(titleLimit) are allowed",
                hint: "put the rest into the body: --body or --body-file"
            )
        }
        if let bad = title.unicodeScalars.first(where: isControl) {
            throw CommandError(
                .usage,
                "the title holds the control character \(name(of: bad)): \(SafeText.line(title))",
                hint: "a title is one line of plain text"
            )
        }
        return title
    }

    /// A label: not empty, one word or a few, no commas (trackers separate labels by them), no control characters.
    static func label(_ text: String) throws -> String {
        let label = trimmed(text)
        guard !label.isEmpty else { throw CommandError(.usage, "a label is empty") }
        guard label.count <= labelLimit else {
            throw CommandError(.usage, "the label \(SafeText.line(label)) has more than \(labelLimit) characters")
        }
        guard !label.contains(","), !label.unicodeScalars.contains(where: isControl) else {
            throw CommandError(
                .usage,
                "the label \(SafeText.line(label)) holds a comma or a control character",
                hint: "give --label once for each label"
            )
        }
        return label
    }

    /// Labels, each checked, in the order given, each once; `checkin:` and `budget:` must carry a duration.
    static func labels(_ texts: [String]) throws -> [String] {
        var seen: Set<String> = []
        let labels = try texts.map(label).filter { seen.insert($0).inserted }
        if let error = SLALabels.parse(labels).errors.first {
            throw CommandError(.usage, error, hint: "durations are written 90s, 10m, 2h or 1d: checkin:10m, budget:45m")
        }
        return labels
    }

    /// Text of a body, comment or task from bytes: within the limit, no NUL; broken UTF-8 is repaired and `note` told.
    static func body(_ bytes: [UInt8], name: String, note: (String) -> Void) throws -> String {
        guard bytes.count <= bodyLimit else { throw tooLong(name) }
        if let position = bytes.firstIndex(of: 0) {
            throw CommandError(
                .badData,
                "\(name) holds a NUL byte at offset \(position): it is no text",
                hint: "is it the right file?"
            )
        }
        if let text = String(validating: bytes, as: UTF8.self) { return text }
        note("Note: \(name) is not valid UTF-8; what can't be read was replaced by U+FFFD.")
        return SafeText.utf8(bytes)
    }

    /// The refusal of a body that is too long.
    static func tooLong(_ name: String) -> CommandError {
        CommandError(
            .badData,
            "\(name) has more than \(bodyLimit >> 20) MiB, the most that an issue or a comment can hold",
            hint: "put large data into the repository and name it in the text"
        )
    }

    private static func trimmed(_ text: String) -> String {
        var rest = text[...]
        while rest.first?.isWhitespace == true { rest.removeFirst() }
        while rest.last?.isWhitespace == true { rest.removeLast() }
        return String(rest)
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) || scalar.value == 0x2028 || scalar.value == 0x2029
    }

    private static func name(of scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}
