package import OrchCore

/// A table for people: a header, columns fitted to the terminal, control characters made visible.
///
/// No rows, no output. The widths follow from the first rows; the rest is written as it comes, so that a million rows need no memory. A
/// narrow terminal shows fewer columns, and goes on below with texts that somebody has to act on.
package struct TableRenderer: ReportRenderer {
    /// Rows that decide the widths.
    static let sample = 1_000
    /// Lines that one row takes at most.
    static let mostLines = 12

    private let style: TableStyle
    private var columns: [ReportColumn] = []
    private var waiting: [[TableCell]] = []
    private var layout: TableLayout?
    private var isRight: [Bool] = []
    private var fits: [ColumnFit] = []

    /// A renderer.
    package init(_ style: TableStyle = TableStyle()) {
        self.style = style
    }

    package mutating func begin(_ columns: [ReportColumn], into out: inout [UInt8]) {
        self.columns = columns
    }

    package mutating func row(_ values: [JSONValue], into out: inout [UInt8]) {
        let cells = zip(values, columns).map { TableCell($0, $1.kind) }
        guard layout == nil else { return line(cells, into: &out) }
        waiting.append(cells)
        if waiting.count == Self.sample { start(into: &out) }
    }

    package mutating func end(into out: inout [UInt8]) {
        if layout == nil, !waiting.isEmpty { start(into: &out) }
    }

    private mutating func start(into out: inout [UInt8]) {
        let titles = columns.map { Self.title($0) }
        isRight = columns.indices.map { index in
            let shown = waiting.map { $0[index] }.filter { $0.text != "-" }
            return !shown.isEmpty && shown.allSatisfy(\.isNumber)
        }
        fits = columns.indices.map { ColumnFit.of(columns[$0], isNumber: isRight[$0]) }
        let wishes = columns.indices.map { index in
            let natural = waiting.reduce(DisplayWidth.of(titles[index])) { max($0, $1[index].width) }
            let least = min(natural, fits[index].least ?? natural)
            let tight = fits[index].least == nil ? least : min(least, ColumnFit.tight)
            return TableLayout.Wish(natural: natural, least: least, tight: tight, leaves: fits[index].leaves)
        }
        layout = TableLayout(wishes, width: style.width)
        header(titles, into: &out)
        for cells in waiting { line(cells, into: &out) }
        waiting = []
    }

    private func header(_ titles: [String], into out: inout [UInt8]) {
        if style.hasColour { out.append(contentsOf: "\u{1B}[1m".utf8) }
        assemble({ (titles[$0], DisplayWidth.of(titles[$0])) }, colours: { _ in nil }, into: &out)
        if style.hasColour { out.append(contentsOf: "\u{1B}[0m".utf8) }
        out.append(Self.lineEnd)
    }

    private func line(_ cells: [TableCell], into out: inout [UInt8]) {
        let below = wrapped(cells)
        assemble(
            { index in
                guard let first = below[index]?.first else { return (cells[index].text, cells[index].width) }
                return (first, DisplayWidth.of(first))
            },
            colours: { colour(of: cells[$0].text, at: $0) },
            into: &out
        )
        out.append(Self.lineEnd)
        for number in 1..<max(1, below.values.map(\.count).max() ?? 1) {
            assemble(
                { index in
                    guard let lines = below[index], number < lines.count else { return ("", 0) }
                    return (lines[number], DisplayWidth.of(lines[number]))
                },
                colours: { _ in nil },
                into: &out
            )
            out.append(Self.lineEnd)
        }
    }

    /// The lines of the cells that take several.
    private func wrapped(_ cells: [TableCell]) -> [Int: [String]] {
        guard let layout, style.width != nil else { return [:] }
        var lines: [Int: [String]] = [:]
        for (index, room) in zip(layout.shown, layout.widths) where fits[index].wraps && cells[index].width > room {
            lines[index] = DisplayWidth.wrap(cells[index].text, room, most: Self.mostLines)
        }
        return lines
    }

    /// Cuts and pads each text, colours it, and joins them; nothing trails at the end.
    ///
    /// Straight into the bytes: a report of thousands of rows spends most of its time here.
    private func assemble(
        _ text: (Int) -> (text: String, width: Int),
        colours: (Int) -> String?,
        into out: inout [UInt8]
    ) {
        guard let layout else { return }
        let start = out.count
        for (position, (index, room)) in zip(layout.shown, layout.widths).enumerated() {
            let (text, width) = text(index)
            let isCut = width > room
            let shown = isCut ? DisplayWidth.fit(text, room) : text
            let padding = max(0, room - (isCut ? DisplayWidth.of(shown) : width))
            if position > 0 { Self.pad(TableLayout.gap, &out) }
            if isRight[index] { Self.pad(padding, &out) }
            if let colour = colours(index) {
                out.append(contentsOf: "\u{1B}[\(colour)m\(shown)\u{1B}[0m".utf8)
            } else {
                out.append(contentsOf: shown.utf8)
            }
            if !isRight[index], position < layout.shown.count - 1 { Self.pad(padding, &out) }
        }
        while out.count > start, out.last == Self.space { out.removeLast() }
        clip(from: start, &out)
    }

    private static func pad(_ count: Int, _ out: inout [UInt8]) {
        for _ in 0..<count { out.append(space) }
    }

    private static let space = UInt8(ascii: " ")
    private static let lineEnd = UInt8(ascii: "\n")

    /// On a terminal narrower than the columns' least widths, whole lines are cut, and nothing in them is coloured.
    private func clip(from start: Int, _ out: inout [UInt8]) {
        guard let width = style.width, isOverfull else { return }
        let line = String(decoding: out[start...], as: UTF8.self)
        out.replaceSubrange(start..., with: DisplayWidth.fit(line, width).utf8)
    }

    private func colour(of text: String, at index: Int) -> String? {
        guard style.hasColour, !isOverfull, ["state", "status", "phase"].contains(columns[index].name) else {
            return nil
        }
        return Self.colour(of: text)
    }

    private var isOverfull: Bool {
        guard let width = style.width, let layout else { return false }
        return layout.widths.reduce(0, +) + TableLayout.gap * max(0, layout.shown.count - 1) > width
    }

    private static func title(_ column: ReportColumn) -> String {
        let name = SafeText.line(column.name)
        return switch column.kind {
        case .duration: name.hasSuffix("_ms") ? String(name.dropLast(3)) : name
        case .time: name.hasSuffix("_at") ? String(name.dropLast(3)) : name
        case .plain, .timestamp, .json, .flag, .digest: name
        }
    }

    /// Green: goes well; yellow: waits; red: needs somebody.
    private static func colour(of state: String) -> String? {
        switch state {
        case "working", "running", "done", "completed", "executed", "approved", "ready", "steered": "32"
        case "queued", "starting", "submitting", "pending", "performing", "proposed", "waiting_approval", "wrapping_up",
            "idle", "review":
            "33"
        case "stalled", "parked", "failed", "refused", "denied", "expired", "lost", "interrupted", "suppressed": "31"
        case "closed", "cancelled", "none": "2"
        default: nil
        }
    }
}
