import Foundation

extension Stage {
    /// Runs orch on a terminal of its own; what that would have got, byte by byte.
    ///
    /// A terminal shows standard output and standard error as one.
    func onTerminal(_ arguments: [String], environment: [String: String] = [:]) async throws -> Said {
        let words = ([orch] + arguments).map { "'" + $0.replacing("'", with: "'\\''") + "'" }
        let script = ["--quiet", "--return", "--command", words.joined(separator: " "), "/dev/null"]
        return try await run("/usr/bin/script", script, environment: ["COLUMNS": "200"].merging(environment) { $1 })
    }
}

extension Said {
    /// The first character that a terminal would obey instead of showing it, with what stands around it; nil when there is none.
    ///
    /// Line ends (those of CSV are two characters, and the terminal adds one) and tabs are no such; nor are colours, where they are
    /// allowed: `ESC [ digits m`.
    func obeyed(allowingColours: Bool = false) -> String? {
        let text = allowingColours ? all.replacing(/\u{1B}\[[0-9;]*m/, with: "") : all
        let scalars = Array(text.unicodeScalars)
        guard
            let index = scalars.indices.first(where: { index in
                let next = index + 1 < scalars.count ? scalars[index + 1] : nil
                return Self.isObeyed(scalars[index]) && !(scalars[index] == "\r" && (next == "\r" || next == "\n"))
            })
        else { return nil }
        let around = scalars[max(0, index - 60)..<min(scalars.count, index + 30)]
        let shown = String(String.UnicodeScalarView(around)).debugDescription
        return "U+\(String(scalars[index].value, radix: 16)) in \(shown)"
    }

    private static func isObeyed(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09, 0x0A: false
        case 0x00...0x1F, 0x7F...0x9F: true
        case 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF, 0xE0000...0xE007F: true
        default: false
        }
    }
}
