import Glibc

/// The environments that programs get: built from an allow-list, never inherited.
package enum ProcessEnvironment {
    /// What any program may know of the machine and the user.
    ///
    /// No token is among them (I10).
    private static let general: Set<String> = [
        "PATH", "HOME", "USER", "LOGNAME", "SHELL", "TMPDIR", "TZ", "LANG", "LC_ALL", "LC_CTYPE", "XDG_CONFIG_HOME",
        "XDG_CACHE_HOME",
        "XDG_DATA_HOME", "XDG_RUNTIME_DIR", "SSL_CERT_FILE", "SSL_CERT_DIR",
    ]

    /// What an agent and the hooks of `WORKFLOW.md` get: the allow-list, no terminal, and what the hub adds.
    ///
    /// - Parameters:
    ///   - outer: the daemon's environment.
    ///   - added: the hub's own variables, such as `ORCH_ISSUE`.
    /// - Returns: all of the environment.
    package static func agent(from outer: [String: String], adding added: [String: String] = [:]) -> [String: String] {
        var environment = outer.filter { general.contains($0.key) }
        environment["PATH"] = environment["PATH"] ?? defaultPath
        environment["TERM"] = "dumb"
        environment["GIT_TERMINAL_PROMPT"] = "0"
        return environment.merging(added) { _, new in new }
    }

    /// What the hub's own git gets: it never asks, never pages, never takes a lock for a read, and speaks English.
    static func git(from outer: [String: String]) -> [String: String] {
        var environment = outer.filter { general.contains($0.key) && $0.key != "LANG" && $0.key != "LC_CTYPE" }
        environment["PATH"] = environment["PATH"] ?? defaultPath
        environment["LC_ALL"] = "C"
        environment["TERM"] = "dumb"
        environment["PAGER"] = "cat"
        environment["GIT_PAGER"] = "cat"
        environment["GIT_EDITOR"] = "false"
        environment["GIT_SEQUENCE_EDITOR"] = "false"
        environment["GIT_ASKPASS"] = "false"
        environment["SSH_ASKPASS"] = "false"
        environment["GIT_TERMINAL_PROMPT"] = "0"
        environment["GIT_OPTIONAL_LOCKS"] = "0"
        environment["GIT_NO_LAZY_FETCH"] = "1"
        return environment
    }

    /// What `gh` gets: as git, and its settings that keep it quiet.
    static func gh(from outer: [String: String]) -> [String: String] {
        git(from: outer).merging(
            [
                "GH_PROMPT_DISABLED": "1", "GH_PAGER": "cat", "GH_NO_UPDATE_NOTIFIER": "1", "GH_SPINNER_DISABLED": "1",
                "NO_COLOR": "1",
                "BROWSER": "false", "EDITOR": "false", "VISUAL": "false",
            ]
        ) { _, new in new }
    }

    /// The environment of this process.
    package static var inherited: [String: String] {
        var variables: [String: String] = [:]
        var entry = environ
        while let text = entry.pointee {
            let pair = String(cString: text).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            if pair.count == 2 { variables[String(pair[0])] = String(pair[1]) }
            entry += 1
        }
        return variables
    }

    static let defaultPath = "/usr/local/bin:/usr/bin:/bin"
}
