/// Reads the inside of a `control` block.
enum ControlBlock {
    private static let notRead = "; nothing after it in this block was read"

    /// The items in these bytes, in order.
    static func items(of bytes: [UInt8]) -> [ControlItem] {
        var items: [ControlItem] = []
        var at = 0
        while let start = begin(of: bytes, from: at), items.count <= ControlParser.itemLimit {
            do throws(JSONParseError) {
                let (value, end) = try JSONValue.parsePrefix(of: bytes, from: start)
                if case .array(let elements) = value {
                    items += elements.prefix(ControlParser.itemLimit + 1).map { ControlItem(object: $0) }
                } else {
                    items.append(ControlItem(object: value))
                }
                at = end
            } catch {
                let end = self.end(of: bytes, from: start)
                let left = begin(of: bytes, from: end ?? start + 1) == nil ? "" : notRead
                let reason = "this is no JSON: \(error.message), \(place(error.offset, in: bytes))"
                let shown = String(decoding: bytes[start...].prefix(2_000), as: UTF8.self)
                items.append(.refused(reason + (end == nil ? left : ""), payload: .string(shown)))
                guard let end else { return items }
                at = end
            }
        }
        if items.isEmpty, !bytes.allSatisfy({ $0.isSpace || $0 == 0x0A }) {
            let shown = String(decoding: bytes.prefix(2_000), as: UTF8.self)
            items.append(
                .refused(
                    "a control block holds JSON objects, each beginning a line: none was found",
                    payload: .string(shown)
                )
            )
        }
        return items
    }

    /// Where the next object or list begins: only spaces, commas or other values may stand before it on its line.
    private static func begin(of bytes: [UInt8], from start: Int) -> Int? {
        var at = start
        while at < bytes.count {
            switch bytes[at] {
            case UInt8(ascii: "{"), UInt8(ascii: "["): return at
            case 0x20, 0x09, 0x0D, 0x0A, UInt8(ascii: ","), UInt8(ascii: ";"): at += 1
            default: at = lineEnd(in: bytes, from: at)  // prose
            }
        }
        return nil
    }

    private static func lineEnd(in bytes: [UInt8], from start: Int) -> Int {
        var at = start
        while at < bytes.count, bytes[at] != 0x0A { at += 1 }
        return at
    }

    /// Where what begins at `start` and is no JSON ends: at the end of the line that its last bracket stands in.
    ///
    /// Nil when its brackets don't match, or when more follows in that line: nobody can say then what of the rest is within it, and an object
    /// within another one must not be taken for an instruction.
    private static func end(of bytes: [UInt8], from start: Int) -> Int? {
        var depth = 0
        var isString = false
        var at = start
        while at < bytes.count {
            switch bytes[at] {
            case UInt8(ascii: "\\") where isString && at + 1 < bytes.count && bytes[at + 1] != 0x0A: at += 1
            case UInt8(ascii: "\""): isString.toggle()
            case 0x0A: isString = false  // no JSON string goes over a line's end
            case UInt8(ascii: "{"), UInt8(ascii: "["): if !isString { depth += 1 }
            case UInt8(ascii: "}"), UInt8(ascii: "]"): if !isString { depth -= 1 }
            default: break
            }
            at += 1
            guard depth == 0 else { continue }
            let end = lineEnd(in: bytes, from: at)
            return bytes[at..<end].allSatisfy { $0.isSpace || $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: ";") }
                ? end : nil
        }
        return nil
    }

    /// A place as a person finds it.
    private static func place(_ offset: Int, in bytes: [UInt8]) -> String {
        let before = bytes.prefix(offset)
        let line = before.count { $0 == 0x0A } + 1
        let column = offset - ((before.lastIndex(of: 0x0A) ?? -1) + 1) + 1
        return "line \(line), byte \(column)"
    }
}
