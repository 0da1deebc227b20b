import OrchCore
import OrchStore
import SQLite
import Testing

struct RenderingTests {
    private static let odd = ReportTable(
        columns: [
            ReportColumn("id"), ReportColumn("name"), ReportColumn("since_at"), ReportColumn("worked_ms"),
            ReportColumn("data"),
        ],
        rows: [
            [1, "plain", "2025-08-21T10:02:47.891Z", 62_000, ["b": 1, "a": [true, nil]]],
            [9_223_372_036_854_775_807, "quotes \" comma , line\nend", nil, nil, []],
            [-2, "\u{1B}[31mred\u{9B}0m\u{202E}", "", 0, ["x", "y"]],
            [nil, "", nil, 1.5, "漢字🎉"],
        ]
    )

    @Test func `JSON lines keep the columns' order and hide nothing`() {
        #expect(
            JSONLRenderer().text(Self.odd) == #"""
                {"id":1,"name":"plain","since_at":"2025-08-21T10:02:47.891Z","worked_ms":62000,"data":{"a":[true,null],"b":1}}
                {"id":9223372036854775807,"name":"quotes \" comma , line\nend","since_at":null,"worked_ms":null,"data":[]}
                {"id":-2,"name":"\u001b[31mred\u009b0m\u202e","since_at":"","worked_ms":0,"data":["x","y"]}
                {"id":null,"name":"","since_at":null,"worked_ms":1.5,"data":"漢字🎉"}

                """#
        )
    }

    @Test func `JSON is one array, and reads back as the same values`() throws {
        let text = JSONRenderer().text(Self.odd)
        #expect(text.hasPrefix("[\n{\"id\":1,"))
        #expect(text.hasSuffix("\"漢字🎉\"}\n]\n"))
        let parsed = try JSONValue(parsing: text)
        #expect(parsed.arrayValue?.count == 4)
        #expect(parsed[2]?["name"] == "\u{1B}[31mred\u{9B}0m\u{202E}")
        #expect(JSONRenderer().text(ReportTable(columns: Self.odd.columns, rows: [])) == "[]\n")
    }

    @Test func `CSV is RFC 4180, with NULL and empty text apart`() {
        #expect(
            CSVRenderer().text(Self.odd)
                == "id,name,since_at,worked_ms,data\r\n"
                + #"1,plain,2025-08-21T10:02:47.891Z,62000,"{""a"":[true,null],""b"":1}""# + "\r\n"
                + "9223372036854775807,\"quotes \"\" comma , line\nend\",,,[]\r\n"
                + "-2,\u{1B}[31mred\u{9B}0m\u{202E},\"\",0,\"[\"\"x\"\",\"\"y\"\"]\"\r\n"
                + ",\"\",,1.5,漢字🎉\r\n"
        )
    }

    @Test func `CSV on a terminal neutralises control characters`() {
        let text = CSVRenderer(isTerminal: true).text(Self.odd)
        #expect(text.contains(#"-2,␛[31mred\u{9B}0m\u{202E},"#))
        #expect(!text.contains("\u{1B}"))
    }

    @Test func `A table shows values as people read them`() {
        #expect(
            TableRenderer().text(Self.odd) == """
                                 id  name                       since                 worked  data
                                  1  plain                      2025-08-21 10:02:47Z   1m 2s  {"a":[true,null],"b":1}
                9223372036854775807  quotes " comma , line end  -                          -  -
                                 -2  ␛[31mred\\u{9B}0m\\u{202E}                             0s  x, y
                                  -                             -                        1.5  漢字🎉

                """
        )
    }

    @Test(arguments: [10, 20, 40, 60, 80, 100, 200])
    func `No line of a table is wider than the terminal`(width: Int) {
        for colour in [false, true] {
            let text = TableRenderer(TableStyle(width: width, hasColour: colour)).text(Self.odd)
            let lines = text.split(separator: "\n")
            #expect(lines.count == 5)
            for line in lines {
                let shown = String(line).replacing(/\u{1B}\[[0-9]+m/, with: "")
                #expect(DisplayWidth.of(shown) <= width, "\(shown)")
            }
        }
    }

    @Test func `Texts shrink before numbers and times`() {
        let table = ReportTable(
            columns: [ReportColumn("number"), ReportColumn("title"), ReportColumn("at")],
            rows: [[1_000_000, "a title that is rather long for so narrow a terminal", "2025-08-21T10:02:47.891Z"]]
        )
        #expect(
            TableRenderer(TableStyle(width: 50)).text(table) == """
                 number  title                at
                1000000  a title that is ra…  2025-08-21 10:02:47Z

                """
        )
    }

    private static let issues = ReportTable(
        columns: ["number", "phase", "agent", "blocked_by", "labels", "branch", "title"].map { ReportColumn($0) },
        rows: [
            [
                4, "review", "iss-4", [1], ["agent:review", "auto:pr-on-complete", "orchestrate"],
                "ai/iss-4-write-the-release-notes-in-two-steps", "Write the release notes in two steps",
            ]
        ]
    )

    @Test func `A narrow terminal shows fewer columns, and those that are left can be read`() {
        #expect(
            TableRenderer(TableStyle(width: 100)).text(Self.issues) == """
                number  phase   agent  blocked_by  labels                       title
                     4  review  iss-4  1           agent:review, auto:pr-on-c…  Write the release notes in two steps

                """
        )
        #expect(
            TableRenderer(TableStyle(width: 80)).text(Self.issues) == """
                number  phase   agent  blocked_by  title
                     4  review  iss-4  1           Write the release notes in two steps

                """
        )
        #expect(
            TableRenderer(TableStyle(width: 40)).text(Self.issues) == """
                number  phase   agent  title
                     4  review  iss-4  Write the releas…

                """
        )
    }

    @Test func `What somebody has to act on goes on below`() {
        let table = ReportTable(
            columns: [ReportColumn("agent"), ReportColumn("state"), ReportColumn("why")],
            rows: [
                ["iss-3", "parked", "its worktree is on branch x, and not on ai/iss-3-count-the-words"],
                ["iss-4", "stalled", "-"],
            ]
        )
        #expect(
            TableRenderer(TableStyle(width: 40, hasColour: true)).text(table) == """
                \u{1B}[1magent  state    why\u{1B}[0m
                iss-3  \u{1B}[31mparked\u{1B}[0m   its worktree is on
                                branch x, and not on
                                ai/iss-3-count-the-words
                iss-4  \u{1B}[31mstalled\u{1B}[0m  -

                """
        )
        #expect(DisplayWidth.wrap("漢字漢字漢字", 5, most: 9) == ["漢字", "漢字", "漢字"])
        #expect(DisplayWidth.wrap("one two three", 7, most: 9) == ["one two", "three"])
        #expect(DisplayWidth.wrap("one two three", 7, most: 1) == ["one tw…"])
    }

    @Test func `Colour comes only when asked for, and for states`() {
        let table = ReportTable(
            columns: [ReportColumn("name"), ReportColumn("state")],
            rows: [["a", "stalled"], ["b", "working"], ["c", "unheard-of"]]
        )
        #expect(!TableRenderer(TableStyle(width: 80)).text(table).contains("\u{1B}"))
        #expect(
            TableRenderer(TableStyle(width: 80, hasColour: true)).text(table) == """
                \u{1B}[1mname  state\u{1B}[0m
                a     \u{1B}[31mstalled\u{1B}[0m
                b     \u{1B}[32mworking\u{1B}[0m
                c     unheard-of

                """
        )
    }

    @Test func `A table of many rows is written as they come`() {
        var renderer = TableRenderer()
        var out: [UInt8] = []
        renderer.begin([ReportColumn("n")], into: &out)
        for number in 1...999 { renderer.row([.integer(Int64(number))], into: &out) }
        #expect(out.isEmpty)
        renderer.row([1_000], into: &out)
        #expect(!out.isEmpty)
        let before = out.count
        renderer.row([1_001], into: &out)
        #expect(out.count > before)
    }

    @Test(arguments: [
        ("", 0), ("abc", 3), ("é", 1), ("e\u{301}", 1), ("漢字", 4), ("ｶﾅ", 2), ("한글", 4), ("🎉", 2), ("👩‍💻", 2), ("❤️", 2),
        ("…", 1), ("ａ", 2),
    ])
    func `The width of a text is that of the cells it takes`(text: String, width: Int) {
        #expect(DisplayWidth.of(text) == width)
    }

    @Test func `A cut never splits a character and fits`() {
        #expect(DisplayWidth.fit("漢字漢字", 8) == "漢字漢字")
        #expect(DisplayWidth.fit("漢字漢字", 7) == "漢字漢…")
        #expect(DisplayWidth.fit("漢字漢字", 6) == "漢字…")
        #expect(DisplayWidth.fit("abc", 2) == "a…")
        #expect(DisplayWidth.fit("abc", 1) == "…")
        #expect(DisplayWidth.fit("abc", 0) == "")
    }

    @Test(arguments: ReportFormat.allCases)
    func `Each format has its renderer`(format: ReportFormat) {
        let text = format.renderer(TableStyle(), isTerminal: false).text(Self.odd)
        #expect(text.contains("plain"))
        #expect(format.columns == (format == .table ? .headline : .all))
    }

    @Test(arguments: [
        (Int64(0), "1970-01-01T00:00:00.000Z"), (1_755_770_567_891, "2025-08-21T10:02:47.891Z"),
        (-1, "1969-12-31T23:59:59.999Z"),
        (951_782_400_000, "2000-02-29T00:00:00.000Z"), (253_402_300_799_999, "9999-12-31T23:59:59.999Z"),
        (-62_167_219_200_000, "0000-01-01T00:00:00.000Z"), (Int64.max, ""), (Int64.min, ""),
    ])
    func `Moments are written as the views write them`(ms: Int64, text: String) throws {
        #expect(MomentText.utc(ms) == text)
        let db = try ReportFixture.empty()
        let written: String? = try db.scalar("SELECT strftime('%Y-%m-%dT%H:%M:%fZ', ? / 1000.0, 'unixepoch')", ms)
        #expect((written ?? "") == text)
    }
}
