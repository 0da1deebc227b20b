/// How far a git command may go with what the user has set up.
///
/// `local` uses nothing that runs programs. The others run in the main repository's place only, whose configuration no agent can write.
enum GitReach: Sendable, Hashable {
    /// This repository only: no helper, no hook.
    case local
    /// A remote, as the user: with the user's ssh and credential helpers, and no hook.
    case remote
    /// The same, with the user's hooks.
    case remoteWithHooks

    /// The options before the subcommand.
    var options: [String] {
        switch self {
        case .local: GitHardening.options
        case .remote: Self.options(GitHardening.remoteSettings)
        case .remoteWithHooks: Self.options(GitHardening.remoteSettings.filter { $0.key != "core.hooksPath" })
        }
    }

    private static func options(_ settings: [(key: String, value: String)]) -> [String] {
        settings.flatMap { ["-c", "\($0.key)=\($0.value)"] }
    }
}
