import OrchCore

/// Settings in the making.
struct SettingsBuilder {
    var settings = HubSettings()
    var reader = ConfigReader()
    /// The environment, for paths.
    let variables: [String: String]
    /// Where the values that are checked together were given, by the name of their key.
    var lines: [String: Int] = [:]

    init(variables: [String: String]) {
        self.variables = variables
    }

    /// Reads the front matter: Symphony's keys first, so that orch's own win.
    mutating func read(_ root: ConfigNode) {
        guard case .map(let members, _) = root else {
            reader.problems.append(
                SettingsProblem(
                    code: .notAMap,
                    key: "",
                    line: root.line,
                    text: "the front matter must be a map of keys to values"
                )
            )
            return
        }
        let root = ConfigSection(path: "", members: members)
        readSymphony(root)
        if let orch = reader.section(root, "orch") { readOrch(orch) }
    }

    /// Takes a value that was read, if one was.
    mutating func take<Value>(
        _ value: Value?,
        _ field: WritableKeyPath<HubSettings, Value>,
        as name: String,
        from section: ConfigSection,
        _ key: String
    ) {
        guard let value else { return }
        settings[keyPath: field] = value
        record(name, section, key)
    }

    /// Takes a value that was read, if one was, for a setting that may be absent.
    mutating func take<Value>(
        _ value: Value?,
        _ field: WritableKeyPath<HubSettings, Value?>,
        as name: String,
        from section: ConfigSection,
        _ key: String
    ) {
        guard let value else { return }
        settings[keyPath: field] = value
        record(name, section, key)
    }

    private mutating func record(_ name: String, _ section: ConfigSection, _ key: String) {
        settings.sources[name] = .workflow
        lines[name] = section[key]?.line
    }

    /// A folder: `~` and `$NAME` at its beginning mean what they mean in a shell.
    mutating func folder(_ section: ConfigSection, _ key: String) -> String? {
        guard let node = section[key], var text = reader.text(section, key, limit: 4_000) else { return nil }
        let first = text.prefix { $0 != "/" }
        if first == "~" || first.hasPrefix("$") {
            let name = first == "~" ? "HOME" : String(first.dropFirst())
            guard let value = variables[name], !value.isEmpty else {
                reader.wrong(section, key, node, "must not name the variable \(SafeText.line(name)), which is not set")
                return nil
            }
            text = value + text.dropFirst(first.count)
        }
        while text.count > 1, text.hasSuffix("/") { text.removeLast() }
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).dropFirst(text.hasPrefix("/") ? 1 : 0)
        guard !parts.isEmpty, parts.allSatisfy({ !$0.isEmpty && $0 != "." && $0 != ".." }),
            parts.first != ".git" || text.hasPrefix("/"),
            !text.unicodeScalars.contains(where: { $0.value < 0x20 })
        else {
            reader.wrong(
                section,
                key,
                node,
                "must be a folder below the repository's root, or an absolute one, without `.` and `..`, and not `.git`"
            )
            return nil
        }
        return text
    }
}
