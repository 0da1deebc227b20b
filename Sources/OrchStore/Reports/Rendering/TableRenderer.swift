package import OrchCore

/// A table for people: a header, columns fitted to the terminal, control characters made visible.
///
/// No rows, no output. The widths follow from the first rows; the rest is written as it comes, so that a million rows need no memory.
package struct TableRenderer: ReportRenderer {
    /// Rows that decide the widths.
    static let sample = 1_000

    private let style: TableStyle
    private var columns: [ReportColumn] = []
    private var waiting: [[TableCell]] = []
    private var layout: TableLayout?
    private var isRight: [Bool] = []

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
        let natural = columns.indices.map { index in
            waiting.reduce(DisplayWidth.of(titles[index])) { max($0, DisplayWidth.of($1[index].text)) }
        }
        let flexible = columns.indices.map { !isRight[$0] && columns[$0].kind != .time && columns[$0].kind != .digest }
        layout = TableLayout(natural: natural, isFlexible: flexible, width: style.width)
        header(titles, into: &out)
        for cells in waiting { line(cells, into: &out) }
        waiting = []
    }

    private func header(_ titles: [String], into out: inout [UInt8]) {
        let text = assemble(titles) { _, title in title }
        out.append(contentsOf: (style.hasColour ? "\u{1B}[1m\(text)\u{1B}[0m\n" : text + "\n").utf8)
    }

    private func line(_ cells: [TableCell], into out: inout [UInt8]) {
        let text = assemble(cells.map(\.text)) { index, text in
            guard style.hasColour, !isOverfull, ["state", "status", "phase"].contains(columns[index].name),
                let code = Self.colour(of: cells[index].text)
            else { return text }
            return "\u{1B}[\(code)m\(text)\u{1B}[0m"
        }
        out.append(contentsOf: (text + "\n").utf8)
    }

    /// Cuts and pads each text, lets `paint` colour it, and joins them; nothing trails at the end.
    private func assemble(_ texts: [String], paint: (Int, String) -> String) -> String {
        guard let layout else { return "" }
        var line = ""
        for (index, text) in texts.enumerated() {
            let shown = DisplayWidth.fit(text, layout.widths[index])
            let padding = String(repeating: " ", count: max(0, layout.widths[index] - DisplayWidth.of(shown)))
            if index > 0 { line += String(repeating: " ", count: TableLayout.gap) }
            if isRight[index] { line += padding }
            line += paint(index, shown)
            if !isRight[index], index < texts.count - 1 { line += padding }
        }
        while line.hasSuffix(" ") { line.removeLast() }
        return clipped(line)
    }

    /// On a terminal narrower than the columns' least widths, whole lines are cut, and nothing in them is coloured.
    private func clipped(_ line: String) -> String {
        guard let width = style.width, isOverfull else { return line }
        return DisplayWidth.fit(line, width)
    }

    private var isOverfull: Bool {
        guard let width = style.width, let layout else { return false }
        return layout.widths.reduce(0, +) + TableLayout.gap * max(0, columns.count - 1) > width
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
