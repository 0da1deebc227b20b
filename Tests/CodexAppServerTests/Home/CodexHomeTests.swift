import CodexAppServer
import Foundation
import OrchTestSupport
import Testing

struct CodexHomeTests {
    private let userConfig = """
        model = "gpt-6"
        model_reasoning_effort = "high"
        model_provider = "mine"
        sandbox_mode = "danger-full-access"
        approval_policy = "never"
        notify = ["evil"]
        profile = "p"
        [features]
        plugins = true
        fast_mode = true
        shell_snapshot = true
        [model_providers.mine]
        name = "Mine \\"x\\""
        base_url = "http://localhost/v1"
        env_key = "MINE_KEY"
        http_headers = { "X-A" = "1" }
        env_http_headers = { "X-B" = "MINE_HEADER" }
        request_max_retries = 3
        [mcp_servers.bad]
        command = "evil"
        [projects."/some/where"]
        trust_level = "trusted"
        """

    private func plan(_ directory: TemporaryDirectory, wishes: CodexHome.Wishes = .init()) throws -> CodexHome {
        try CodexHome.plan(
            at: directory.file("private"),
            temporaryFolder: directory.file("private/tmp-x"),
            userHome: directory.file("user"),
            wishes: wishes
        )
    }

    @Test func `the user's model and providers count, and nothing else of his settings`() throws {
        let directory = try TemporaryDirectory()
        try directory.write("user/config.toml", userConfig)
        let home = try plan(directory, wishes: .init(repository: "/my repo/\"x\""))
        #expect(
            home.configText == """
                # Written by orch at each start of its daemon: edit ~/.codex/config.toml instead.
                allow_login_shell = false
                check_for_update_on_startup = false
                model = "gpt-6"
                model_provider = "mine"
                model_reasoning_effort = "high"
                web_search = "disabled"

                [agents]
                enabled = false

                [analytics]
                enabled = false

                [features]
                apps = false
                fast_mode = true
                goals = false
                hooks = false
                memories = false
                plugins = false
                shell_snapshot = false
                skill_search = false

                [feedback]
                enabled = false

                [history]
                persistence = "none"

                [model_providers.mine]
                base_url = "http://localhost/v1"
                env_key = "MINE_KEY"
                name = "Mine \\"x\\""
                request_max_retries = 3

                [model_providers.mine.env_http_headers]
                X-B = "MINE_HEADER"

                [model_providers.mine.http_headers]
                X-A = "1"

                [projects."/my repo/\\"x\\""]
                trust_level = "untrusted"

                [shell_environment_policy]
                exclude = ["MINE_HEADER", "MINE_KEY"]
                experimental_use_profile = false
                ignore_default_excludes = false
                inherit = "all"

                [shell_environment_policy.set]
                SHLVL = "1"
                ZDOTDIR = "\(home.temporaryFolder)"

                [skills.bundled]
                enabled = false

                """
        )
        #expect(home.user.environmentKeys == ["MINE_KEY", "MINE_HEADER"])
        #expect(
            home.user.leftOut == [
                "approval_policy", "features.plugins", "features.shell_snapshot", "mcp_servers", "notify", "profile",
                "projects", "sandbox_mode",
            ]
        )
    }

    @Test func `it is written anew each time, private, with the login linked`() throws {
        let directory = try TemporaryDirectory()
        try directory.write("user/config.toml", "model = \"one\"\n")
        try plan(directory).write()
        try directory.write("private/config.toml", "[projects.\"/repo\"]\ntrust_level = \"trusted\"\n")
        try directory.write("private/sessions/rollout", "kept")
        try directory.write("user/auth.json", "{}")
        let home = try plan(directory, wishes: .init(model: "two"))
        try home.write()
        try home.write()
        let config = try directory.read("private/config.toml")
        #expect(config == home.configText)
        #expect(config.contains("model = \"two\""))
        #expect(try directory.read("private/auth.json") == "{}")
        #expect(try directory.read("private/sessions/rollout") == "kept")
        let files = FileManager.default
        #expect(
            try files.destinationOfSymbolicLink(atPath: directory.file("private/auth.json"))
                == directory.file("user/auth.json")
        )
        #expect(try files.attributesOfItem(atPath: home.path)[.posixPermissions] as? Int == 0o700)
        #expect(try files.attributesOfItem(atPath: home.path + "/config.toml")[.posixPermissions] as? Int == 0o600)
    }

    @Test func `a login made in this very home stays`() throws {
        let directory = try TemporaryDirectory()
        try directory.write("user/auth.json", "user's")
        try directory.write("private/auth.json", "own")
        try plan(directory).write()
        #expect(try directory.read("private/auth.json") == "own")
    }

    @Test func `wrong TOML is refused, naming the file`() throws {
        let directory = try TemporaryDirectory()
        try directory.write("user/config.toml", "model = \"one\nx")
        let error = #expect(throws: AppServerError.self) { try plan(directory) }
        #expect(error?.code == .configuration)
        #expect(error?.message.contains(directory.file("user/config.toml")) == true)
    }

    @Test func `the user's home is CODEX_HOME, else ~/.codex`() {
        #expect(CodexHome.userHome(environment: ["CODEX_HOME": "/c", "HOME": "/h"]) == "/c")
        #expect(CodexHome.userHome(environment: ["CODEX_HOME": "", "HOME": "/h"]) == "/h/.codex")
        #expect(CodexHome.userHome(environment: [:]) == nil)
    }
}
