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

    /// What git needs besides, to prove to a remote who the user is: agents, helpers and proxies of the user's own.
    ///
    /// `gh auth git-credential`, a usual helper, may know its token from `GH_TOKEN` only.
    private static let remote: Set<String> = [
        "SSH_AUTH_SOCK", "SSH_AGENT_PID", "GIT_ASKPASS", "GIT_SSH", "GIT_SSH_COMMAND", "GIT_SSH_VARIANT",
        "GIT_PROXY_COMMAND", "GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM", "GIT_CONFIG_COUNT",
        "http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY", "no_proxy", "NO_PROXY",
        "DBUS_SESSION_BUS_ADDRESS", "GNUPGHOME", "PASSWORD_STORE_DIR", "KRB5CCNAME", "KRB5_CONFIG",
        "GH_TOKEN", "GITHUB_TOKEN", "GH_ENTERPRISE_TOKEN", "GITHUB_ENTERPRISE_TOKEN", "GH_HOST", "GH_CONFIG_DIR",
    ]

    /// How names of more such variables begin.
    private static let remotePrefixes = [
        "GIT_CONFIG_KEY_", "GIT_CONFIG_VALUE_", "GIT_SSL_", "GIT_HTTP_", "GCM_", "VSCODE_GIT_",
    ]

    /// What the hub's own git gets when it talks to the user's remotes: never an agent's git.
    ///
    /// As `git`, with the user's own ways to log in; still nobody is asked, neither in a terminal nor in a window.
    static func gitRemote(from outer: [String: String]) -> [String: String] {
        var environment = git(from: outer)
        // An askpass that always fails would hide the one of `core.askPass`; without a terminal git asks nobody anyway.
        environment["GIT_ASKPASS"] = nil
        environment["GIT_NO_LAZY_FETCH"] = nil
        environment["GCM_INTERACTIVE"] = "never"
        for (name, value) in outer where remote.contains(name) || remotePrefixes.contains(where: name.hasPrefix) {
            environment[name] = value
        }
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
