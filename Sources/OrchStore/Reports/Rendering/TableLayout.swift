/// How wide each column of a table is.
struct TableLayout: Sendable, Hashable {
    /// Cells between two columns.
    static let gap = 2
    /// No text column is made narrower than this before the others suffer too.
    private static let floor = 10

    var widths: [Int]

    /// Fits columns into a width: first the texts shrink, the widest first, then everything.
    ///
    /// - Parameters:
    ///   - natural: the width of each column's widest cell.
    ///   - isFlexible: whether it still says something when it is cut.
    ///   - width: cells of a line; nil for as many as there are.
    init(natural: [Int], isFlexible: [Bool], width: Int?) {
        widths = natural
        guard let width else { return }
        let room = width - Self.gap * max(0, natural.count - 1)
        guard natural.reduce(0, +) > room else { return }
        let fixed = zip(natural, isFlexible).reduce(0) { $0 + ($1.1 ? 0 : $1.0) }
        let cap = Self.cap(zip(natural, isFlexible).filter(\.1).map(\.0), room: room - fixed)
        if cap >= Self.floor {
            widths = zip(natural, isFlexible).map { $1 ? min($0, cap) : $0 }
        } else {
            let all = max(1, Self.cap(natural, room: room))
            widths = natural.map { min($0, all) }
        }
        spend(room - widths.reduce(0, +), natural)
    }

    /// The largest cap under which the sum fits.
    private static func cap(_ widths: [Int], room: Int) -> Int {
        guard let widest = widths.max() else { return Int.max }
        var low = 0
        var high = widest
        while low < high {
            let middle = (low + high + 1) / 2
            if widths.reduce(0, { $0 + min($1, middle) }) <= room { low = middle } else { high = middle - 1 }
        }
        return low
    }

    /// A common cap leaves a few cells over: the first columns that are cut get them.
    private mutating func spend(_ left: Int, _ natural: [Int]) {
        var left = left
        for index in widths.indices where left > 0 && widths[index] < natural[index] {
            widths[index] += 1
            left -= 1
        }
    }
}
