package import OrchCore

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif
#if canImport(Glibc)
import Glibc
#endif

/// The hub's private CODEX_HOME.
///
/// The app-server keeps its threads here (rollouts, SQLite), across restarts; so the user's own codex and the hub's never fight for a thread's writer lock, and
/// nothing of the hub's gets into the user's configuration. `config.toml` is written anew at each start: the allow-listed settings of the user's,
/// under the hub's own. What is set here holds for every thread, also after a cold resume, which settings given to `thread/start` don't.
///
/// The login is shared: `auth.json` is a symbolic link to the user's. Seen with codex 0.163: a token refresh is written through the link, a file that
/// the user's codex replaced is read at once, and a login through a dangling link makes the user's file.
package struct CodexHome: Sendable, Hashable {
    /// The folder.
    package var path: String
    /// The server's TMPDIR: private, and not the system's, under which codex refuses to keep helper programs.
    package var temporaryFolder: String
    /// Where the user's settings came from, if there were any.
    package var userConfigPath: String?
    /// The user's login that is shared, if there is one.
    package var userAuthPath: String?
    /// What of the user's settings counts, and what does not.
    package var user: UserConfiguration
    /// The text of `config.toml`.
    package var configText: String

    /// What the hub wants of codex, beyond the user's settings.
    package struct Wishes: Sendable, Hashable {
        /// The hub's repository, by its main folder.
        ///
        /// It is marked untrusted, so that a `.codex` folder in it, which agents and strangers may write, starts nothing. Seen with codex 0.163: otherwise
        /// codex trusts it by itself at `thread/start`, and runs the MCP servers that it names.
        package var repository: String?
        /// Overrides the user's model.
        package var model: String?
        /// Further settings, on top of everything; for tests and the demo, such as a provider on loopback).
        package var overrides: [String: JSONValue]

        /// Wishes.
        package init(repository: String? = nil, model: String? = nil, overrides: [String: JSONValue] = [:]) {
            self.repository = repository
            self.model = model
            self.overrides = overrides
        }
    }

    /// The user's CODEX_HOME: the variable, else `~/.codex`.
    package static func userHome(environment: [String: String]) -> String? {
        if let home = environment["CODEX_HOME"], home.hasPrefix("/") { return home }
        return environment["HOME"].flatMap { $0.hasPrefix("/") ? $0 + "/.codex" : nil }
    }

    /// Reads the user's settings and tells what the home would hold, without touching anything.
    ///
    /// For `orch doctor`.
    ///
    /// - Throws: `AppServerError` with `configuration` when the user's `config.toml` can't be read.
    package static func plan(at path: String, temporaryFolder: String, userHome: String?, wishes: Wishes = .init())
        throws(AppServerError) -> CodexHome
    {
        var user = UserConfiguration.none
        var configPath: String?
        if let userHome, userHome != path, FileManager.default.fileExists(atPath: userHome + "/config.toml") {
            let file = userHome + "/config.toml"
            guard let bytes = FileManager.default.contents(atPath: file),
                let text = String(validating: bytes, as: UTF8.self)
            else {
                throw AppServerError(.configuration, "\(file) can't be read as text")
            }
            user = try UserConfiguration.parse(text, path: file)
            configPath = file
        }
        return CodexHome(
            path: path,
            temporaryFolder: temporaryFolder,
            userConfigPath: configPath,
            userAuthPath: userHome.flatMap { $0 == path ? nil : $0 + "/auth.json" },
            user: user,
            configText: text(settings(user: user, wishes: wishes, temporaryFolder: temporaryFolder))
        )
    }

    /// Makes the home as planned: folders (0700), `config.toml` (0600, replaced in one step), the link to the login.
    ///
    /// - Throws: `AppServerError` with `files`.
    package func write() throws(AppServerError) {
        do {
            for folder in [path, temporaryFolder] {
                try FileManager.default.createDirectory(
                    atPath: folder,
                    withIntermediateDirectories: true,
                    attributes: [.posixPermissions: 0o700]
                )
            }
            let config = path + "/config.toml"
            try Data(configText.utf8).write(to: URL(fileURLWithPath: config), options: .atomic)
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: config)
        } catch {
            throw AppServerError(.files, "can't prepare codex's home \(path): \(error)")
        }
        try linkLogin()
    }

    /// Makes `auth.json` a link to the user's, in one step.
    ///
    /// A real file there (someone logged in with this very home) is left alone.
    private func linkLogin() throws(AppServerError) {
        let link = path + "/auth.json"
        var status = stat()
        if lstat(link, &status) == 0, status.st_mode & S_IFMT != S_IFLNK { return }
        guard let userAuthPath else { return }
        let fresh = "\(link).\(getpid())"
        unlink(fresh)
        guard symlink(userAuthPath, fresh) == 0, rename(fresh, link) == 0 else {
            throw AppServerError(.files, "can't link \(link) to \(userAuthPath): \(String(cString: strerror(errno)))")
        }
    }

    private static func text(_ settings: [String: JSONValue]) -> String {
        "# Written by orch at each start of its daemon: edit ~/.codex/config.toml instead.\n"
            + TOMLText.render(settings)
    }

    private static func settings(user: UserConfiguration, wishes: Wishes, temporaryFolder: String)
        -> [String: JSONValue]
    {
        var settings = JSONValue.object(user.settings)
        settings.merge(.object(ownSettings))
        settings.merge(["shell_environment_policy": shellEnvironment(user: user, temporaryFolder: temporaryFolder)])
        if let repository = wishes.repository {
            settings.merge(["projects": [repository: ["trust_level": "untrusted"]]])
        }
        if let model = wishes.model { settings.merge(["model": .string(model)]) }
        settings.merge(.object(wishes.overrides))
        return settings.objectValue ?? [:]
    }

    /// The hub orchestrates: codex's own sub-agents, goals, skills, plugins, memories and hooks are off, and nothing is
    /// looked up outside but the model.
    private static let ownSettings: [String: JSONValue] = [
        "check_for_update_on_startup": false,
        "allow_login_shell": false,
        "web_search": "disabled",
        "agents": ["enabled": false],
        "analytics": ["enabled": false],
        "feedback": ["enabled": false],
        "history": ["persistence": "none"],
        "skills": ["bundled": ["enabled": false]],
        "features": [
            "apps": false, "goals": false, "hooks": false, "memories": false, "plugins": false,
            "shell_snapshot": false, "skill_search": false,
        ],
    ]

    /// The environment of agents' commands: what `ServerEnvironment` let through, but for names with KEY, SECRET or TOKEN and the providers' keys,
    /// and nothing that the user's shell would add from its start-up files, where tokens are kept (I10).
    ///
    /// No login shell and no snapshot of one is not enough: bash reads `.bashrc` when it takes its standard input for a network's, which it does
    /// in the sandbox, unless another shell is around it (`SHLVL`); zsh reads `.zshenv` always, from `ZDOTDIR` (both seen with codex 0.163, or told by
    /// zsh(1)). PATH is the daemon's, inherited: set here, it would hide the programs that codex adds to it, such as `apply_patch`.
    private static func shellEnvironment(user: UserConfiguration, temporaryFolder: String) -> JSONValue {
        [
            "inherit": "all", "ignore_default_excludes": false, "experimental_use_profile": false,
            "exclude": .array(user.environmentKeys.sorted().map { .string($0) }),
            "set": ["SHLVL": "1", "ZDOTDIR": .string(temporaryFolder)],
        ]
    }
}

extension JSONValue {
    /// Takes over the other's members; where both have an object, member by member.
    fileprivate mutating func merge(_ other: JSONValue) {
        guard case .object(var mine) = self, case .object(let theirs) = other else {
            self = other
            return
        }
        for (key, value) in theirs {
            if var old = mine[key] {
                old.merge(value)
                mine[key] = old
            } else {
                mine[key] = value
            }
        }
        self = .object(mine)
    }
}
