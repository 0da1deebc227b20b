/// Which columns of a table are shown, and how wide.
///
/// Where a line is too short, texts give way first, down to a width at which they still say something; then columns that can be missed are
/// left out; then texts give way further. A word, a number or a time is never cut while there is another way.
struct TableLayout: Sendable, Hashable {
    /// A column as it asks for room.
    struct Wish: Sendable, Hashable {
        /// The width of its widest cell.
        var natural: Int
        /// The width at which it still says something.
        var least: Int
        /// The width below which it says nothing.
        var tight: Int
        /// When it is left out: lower goes first; nil: never.
        var leaves: ColumnFit.Leaving?
    }

    /// Cells between two columns.
    static let gap = 2

    /// The columns that are shown, by their index.
    private(set) var shown: [Int]
    /// The widths of those.
    private(set) var widths: [Int]

    /// Fits columns into a width; nil for as many cells as there are.
    init(_ wishes: [Wish], width: Int?) {
        shown = Array(wishes.indices)
        widths = wishes.map(\.natural)
        guard let width, !Self.fits(widths, width) else { return }
        leaveOut(wishes, width, least: wishes.map(\.least)) { $0 < .late }
        var least = wishes.map(\.least)
        if !Self.fits(shown.map { least[$0] }, width) {
            least = wishes.map(\.tight)
            leaveOut(wishes, width, least: least) { _ in true }
        }
        spread(shown.map { wishes[$0].natural }, least: shown.map { least[$0] }, width)
    }

    private static func fits(_ widths: [Int], _ width: Int) -> Bool { widths.reduce(0, +) <= room(widths.count, width) }

    private static func room(_ columns: Int, _ width: Int) -> Int { width - gap * max(0, columns - 1) }

    /// Leaves out columns that may go, first to go first, until the rest fits; never the first of the table.
    private mutating func leaveOut(
        _ wishes: [Wish],
        _ width: Int,
        least: [Int],
        where mayGo: (ColumnFit.Leaving) -> Bool
    ) {
        let going = wishes.indices.dropFirst()
            .compactMap { index in wishes[index].leaves.map { (index: index, leaving: $0) } }
            .filter { mayGo($0.leaving) }
            .sorted { ($0.leaving, $0.index) < ($1.leaving, $1.index) }
        for (index, _) in going where !Self.fits(shown.map { least[$0] }, width) { shown.removeAll { $0 == index } }
    }

    /// Shares the room: what every column needs, and the rest to those that want more, the narrowest first.
    private mutating func spread(_ natural: [Int], least: [Int], _ width: Int) {
        let room = Self.room(natural.count, width)
        var least = zip(natural, least).map(min)
        if least.reduce(0, +) > room {
            let cap = max(
                1,
                Self.largest(natural.max() ?? 1) { cap in natural.reduce(0) { $0 + min($1, cap) } <= room }
            )
            least = natural.map { min($0, cap) }
            widths = least
        } else {
            func widths(_ cap: Int) -> [Int] { zip(natural, least).map { max($1, min($0, cap)) } }
            self.widths = widths(Self.largest(natural.max() ?? 0) { widths($0).reduce(0, +) <= room })
        }
        // A common cap leaves a few cells over: the first columns that are cut get them.
        var left = room - self.widths.reduce(0, +)
        for index in self.widths.indices where left > 0 && self.widths[index] < natural[index] {
            self.widths[index] += 1
            left -= 1
        }
    }

    /// The largest number up to a limit that still passes; 0 if none does.
    private static func largest(_ limit: Int, _ passes: (Int) -> Bool) -> Int {
        var low = 0
        var high = limit
        while low < high {
            let middle = (low + high + 1) / 2
            if passes(middle) { low = middle } else { high = middle - 1 }
        }
        return low
    }
}
