import CodexAppServer
import OrchCore
import Settings

/// Looks at Codex: the program, the settings in force, the login.
struct CodexCheck {
    let place: PlaceOptions
    let codexPath: String?
    let context: Context

    /// What was found; a missing program hides what comes after it.
    func findings() async throws -> [Finding] {
        let settings = try? await RepositorySettings.load(place.repository(context), environment: context.environment)
        let explicit = codexPath ?? settings?.codexPath  // Settings that are wrong are told by another check.
        let path = explicit.map { $0.contains("/") ? context.absolute($0) : $0 }
        let codex = try await CodexProgram.find(explicit: path, environment: context.environment)
        var findings = [Finding("codex", .ok, "version \(codex.version) at \(codex.path)")]
        guard let home = CodexHome.userHome(environment: context.environment) else {
            return findings + [Finding("codex home", .warning, "neither CODEX_HOME nor HOME is set", mend: "set HOME")]
        }
        let wishes = CodexHome.Wishes(model: settings?.model)
        let plan = try CodexHome.plan(at: home + "/.orch-doctor", temporaryFolder: "/", userHome: home, wishes: wishes)
        findings.append(configuration(plan, home: home, model: settings?.model))
        if !plan.user.leftOut.isEmpty {
            findings.append(
                Finding("codex config", .info, "left out for agents: \(plan.user.leftOut.joined(separator: ", "))")
            )
        }
        findings.append(try await login(plan, codex: codex, home: home))
        findings.append(try await sandbox(codex))
        return findings
    }

    /// Whether codex can make a sandbox here: without one, each command of each agent fails.
    private func sandbox(_ codex: CodexProgram) async throws -> Finding {
        let answer = try await ProgramOutput.of(
            codex.path,
            ["sandbox", "--", "true"],
            in: "/",
            environment: context.environment
        )
        switch answer.status {
        case 0: return Finding("codex sandbox", .ok, "works")
        case 2: return Finding("codex sandbox", .info, "codex \(codex.version) can't be asked to try it")
        default:
            let words = answer.error.split(separator: "\n").first { $0.contains("bwrap") || $0.contains("andlock") }
            return Finding(
                "codex sandbox",
                .problem,
                "it can't be made here: \(words ?? "codex ended with \(answer.status)")",
                mend:
                    "allow user namespaces to bwrap (sysctl user.max_user_namespaces, kernel.apparmor_restrict_unprivileged_userns)"
            )
        }
    }

    private func configuration(_ plan: CodexHome, home: String, model: String?) -> Finding {
        let provider = plan.user.settings["model_provider"]?.stringValue ?? "openai"
        let model = model ?? plan.user.settings["model"]?.stringValue
        let source = plan.userConfigPath ?? "no config.toml in \(home)"
        let text = "model \(model ?? "of codex's own choice"), provider \(provider) (\(source))"
        guard provider == "openai" || plan.user.settings["model_providers"]?[provider] != nil else {
            return Finding(
                "codex home",
                .problem,
                text + ": that provider is not defined",
                mend: "add [model_providers.\(provider)] to \(home)/config.toml"
            )
        }
        return Finding("codex home", .ok, text)
    }

    private func login(_ plan: CodexHome, codex: CodexProgram, home: String) async throws -> Finding {
        let name = plan.user.settings["model_provider"]?.stringValue ?? "openai"
        if name != "openai", let provider = plan.user.settings["model_providers"]?[name] {
            guard let variable = provider["env_key"]?.stringValue else {
                return Finding("codex login", .ok, "provider \(name) needs none")
            }
            guard context.variable(variable) == nil else {
                return Finding("codex login", .ok, "provider \(name) has its key in \(variable)")
            }
            return Finding(
                "codex login",
                .problem,
                "provider \(name) reads its key from \(variable), which is not set",
                mend: "export \(variable)=… where the daemon is started"
            )
        }
        var environment = context.environment
        environment["CODEX_HOME"] = home
        let answer = try await ProgramOutput.of(codex.path, ["login", "status"], in: "/", environment: environment)
        let words = (answer.output + answer.error).split(separator: "\n").last { !$0.isEmpty }.map(String.init) ?? ""
        guard answer.status == 0 else {
            return Finding(
                "codex login",
                .problem,
                words.isEmpty ? "not logged in" : words,
                mend: "run `codex login`"
            )
        }
        return Finding("codex login", .ok, words.isEmpty ? "logged in" : words)
    }
}
