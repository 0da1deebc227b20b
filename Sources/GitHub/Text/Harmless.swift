/// Makes a text harmless for GitHub: whatever an agent wrote, posting it notifies nobody, closes nothing and hides nothing.
///
/// **How.** A zero-width space (U+200B) is put behind the `@` of a mention and into the word that would close an issue. GitHub looks for both
/// in the text after Markdown and HTML have been read (its first filter was published, and skips only `pre`, `code` and `a`), so what only
/// Markdown or HTML sees does not help: `\@name` and `&#64;name` are mentions, a hidden comment between `@` and the name is gone by then, and
/// backticks around a name pair with whatever backticks are before them. The zero-width space is in the text itself, where a name has to
/// follow the `@`, and so it helps in every reading; Renovate and Dependabot use it for the same purpose. What is surely code stays as it
/// is, so that it can be copied; addresses (`https://host/@name`) get `%40`, which means the same to servers.
///
/// That no reading finds a mention was also tried with cmark-gfm and an HTML5 parser on 300,000 random mixtures of Markdown and HTML.
///
/// Sources: https://docs.github.com/en/get-started/writing-on-github/getting-started-with-writing-and-formatting-on-github/basic-writing-and-formatting-syntax#mentioning-people-and-teams
/// and
/// https://docs.github.com/en/issues/tracking-your-work-with-issues/using-issues/linking-a-pull-request-to-an-issue#linking-a-pull-request-to-an-issue-using-a-keyword
struct Harmless {
    /// U+200B.
    static let gap: [UInt8] = [0xE2, 0x80, 0x8B]

    /// The words that close an issue, and the one that marks it as a duplicate
    /// (https://docs.github.com/en/issues/tracking-your-work-with-issues/administering-issues/marking-issues-or-pull-requests-as-a-duplicate).
    private static let closers: Set<String> = [
        "close", "closes", "closed", "fix", "fixes", "fixed", "resolve", "resolves", "resolved", "duplicate",
    ]
    /// How far behind such a word a reference to an issue is looked for: farther than GitHub does.
    private static let reach = 100

    private let bytes: [UInt8]
    private var out: [UInt8] = []
    /// Where the address ends that the current byte is in.
    private var addressEnd = 0

    /// The text, harmless; doing it twice changes nothing more.
    static func text(_ text: String) -> String {
        var work = Harmless(bytes: clean(text))
        work.run()
        return String(decoding: work.out, as: UTF8.self)
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    /// Without control characters: GitHub refuses some and shows none.
    private static func clean(_ text: String) -> [UInt8] {
        text.utf8.filter { $0 >= 0x20 && $0 != 0x7F || $0 == 0x0A || $0 == 0x09 }
    }

    private mutating func run() {
        out.reserveCapacity(bytes.count + 256)
        var at = 0
        for code in CertainCode.ranges(in: bytes) {
            prose(at..<code.lowerBound)
            out += bytes[code]
            at = code.upperBound
        }
        prose(at..<bytes.count)
    }

    private mutating func prose(_ range: Range<Int>) {
        var at = range.lowerBound
        while at < range.upperBound {
            let byte = bytes[at]
            switch byte {
            case UInt8(ascii: "@"): mention(at)
            case UInt8(ascii: "&") where isEscape(at): out += Array("&amp;".utf8)
            case UInt8(ascii: "<") where bytes[at...].starts(with: "<!--".utf8): out += Array("&lt;".utf8)
            default:
                guard Self.isLetter(byte), at == 0 || !Self.isWord(bytes[at - 1]) else {
                    out.append(byte)
                    break
                }
                let word = bytes[at..<range.upperBound].prefix { Self.isWord($0) }
                begin(word)
                at = word.endIndex
                continue
            }
            at += 1
        }
    }

    /// An `@`: a mention unless a letter or digit is before it, as in `me@example.com`.
    private mutating func mention(_ at: Int) {
        let before = at > 0 ? bytes[at - 1] : 0x20
        let after = at + 1 < bytes.count ? bytes[at + 1] : 0x20
        if Self.isWord(before) || after <= 0x20 || bytes[(at + 1)...].starts(with: Self.gap) {
            out.append(UInt8(ascii: "@"))
        } else if at < addressEnd {
            out += Array("%40".utf8)
        } else {
            out.append(UInt8(ascii: "@"))
            out += Self.gap
        }
    }

    /// A word: may begin an address, or close an issue.
    private mutating func begin(_ word: ArraySlice<UInt8>) {
        let text = word.count <= 9 ? String(decoding: word, as: UTF8.self).lowercased() : ""
        if text == "http" || text == "https", bytes[word.endIndex...].starts(with: "://".utf8) {
            addressEnd = bytes[word.endIndex...].firstIndex { $0 <= 0x20 || "<>\"`".utf8.contains($0) } ?? bytes.count
        }
        guard Self.closers.contains(text), refersToIssue(word.endIndex), let first = word.first else {
            out += word
            return
        }
        out.append(first)
        out += Self.gap
        out += word.dropFirst()
    }

    /// Whether `#12`, `GH-12` or the address of an issue follows soon, whatever is between.
    private func refersToIssue(_ start: Int) -> Bool {
        let window = bytes[start..<min(start + Self.reach, bytes.count)]
        for index in window.indices {
            let rest = bytes[index...]
            let next = index + 1 < bytes.count ? bytes[index + 1] : 0x20
            switch bytes[index] {
            case UInt8(ascii: "#") where next >= 0x30 && next <= 0x39: return true
            case UInt8(ascii: "g"), UInt8(ascii: "G"):
                if rest.prefix(3).map({ $0 | 0x20 }).elementsEqual("gh-".utf8) { return true }
            case UInt8(ascii: "/"):
                if rest.starts(with: "/issues/".utf8) || rest.starts(with: "/pull/".utf8) { return true }
            default: break
            }
        }
        return false
    }

    /// Whether it begins a character reference that may come out as `@`, `#` or a letter: numbers, and the names of these two.
    private func isEscape(_ at: Int) -> Bool {
        let rest = bytes[(at + 1)...]
        return rest.first == UInt8(ascii: "#") || rest.starts(with: "commat;".utf8) || rest.starts(with: "num;".utf8)
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }
    private static func isWord(_ byte: UInt8) -> Bool { isLetter(byte) || (0x30...0x39).contains(byte) }
}
