/// Random numbers that a seed repeats (SplitMix64): a failing property test prints its seed and can be run again.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// True with this chance.
    mutating func chance(_ chance: Double) -> Bool { Double.random(in: 0..<1, using: &self) < chance }

    /// One of the elements.
    mutating func pick<T>(_ elements: [T]) -> T { elements[Int.random(in: 0..<elements.count, using: &self)] }

    /// A text of scalars that parsers stumble over.
    mutating func text(upTo length: Int) -> String {
        let scalars: [Unicode.Scalar] = [
            "a", "Z", "0", "9", " ", "\n", "\r", "\t", "\"", "'", "\\", "{", "}", "[", "]", ":", ",", "#", "-", "*",
            "`", "~", "|", "%", "<",
            "!", ">", "_", "é", "\u{301}", "😀", "\u{200D}", "\u{202E}", "\u{0}", "\u{1B}", "\u{7F}", "\u{FFFD}", "日",
        ]
        var view = String.UnicodeScalarView()
        for _ in 0..<Int.random(in: 0...length, using: &self) { view.append(pick(scalars)) }
        return String(view)
    }

    /// The bytes with some of them changed, removed or doubled.
    mutating func mutated(_ bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<Int.random(in: 1...6, using: &self) where !bytes.isEmpty {
            let at = Int.random(in: 0..<bytes.count, using: &self)
            switch Int.random(in: 0..<5, using: &self) {
            case 0: bytes[at] = UInt8.random(in: 0...255, using: &self)
            case 1: bytes.remove(at: at)
            case 2: bytes.insert(pick(Array("{}[]\",:`\n\\".utf8)), at: at)
            case 3: bytes.removeSubrange(at...)
            default: bytes.insert(contentsOf: bytes[at...].prefix(20), at: at)
            }
        }
        return bytes
    }
}
