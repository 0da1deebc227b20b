package import CodexAppServer
import OrchCore
package import OrchStore
import Settings

/// How an app-server is started for a hub: its program, its private home, its environment.
package struct CodexSetup: Sendable {
    /// The program, an absolute path.
    package var codexPath: String
    /// The hub's folder.
    package var folder: OrchFolder
    /// The daemon's environment.
    package var environment: [String: String]
    /// Tokens of servers that were started before the one with this id, newest first.
    package var earlierTokens: @Sendable (_ server: Int64) throws -> [String]

    /// A setup.
    package init(
        codexPath: String,
        folder: OrchFolder,
        environment: [String: String],
        earlierTokens: @escaping @Sendable (Int64) throws -> [String]
    ) {
        self.codexPath = codexPath
        self.folder = folder
        self.environment = environment
        self.earlierTokens = earlierTokens
    }

    /// Where the server's standard error goes.
    package var logPath: String { folder.path + "/app-server.log" }

    /// The private home as it would be made now, from the user's settings of this moment.
    ///
    /// - Throws: `AppServerError` with `configuration`.
    package func home(model: String?) throws(AppServerError) -> CodexHome {
        try CodexHome.plan(
            at: folder.path + "/codex-home",
            temporaryFolder: folder.path + "/codex-tmp",
            userHome: CodexHome.userHome(environment: environment),
            wishes: .init(repository: folder.repository, model: model)
        )
    }

    /// Makes the home, and how to start a server in it.
    ///
    /// - Throws: `AppServerError` with `configuration` or `files`.
    func launcher(socket: String?, token: String, model: String?) throws(AppServerError) -> AppServerLauncher {
        let home = try home(model: model)
        try home.write()
        return AppServerLauncher(
            codex: codexPath,
            socket: socket,
            token: token,
            logPath: logPath,
            folder: folder.repository,
            environment: ServerEnvironment.make(
                from: environment,
                home: home.path,
                temporaryFolder: home.temporaryFolder,
                token: token,
                keys: home.user.environmentKeys
            )
        )
    }
}
