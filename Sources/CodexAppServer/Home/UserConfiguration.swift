package import OrchCore

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif
import TOMLKit

/// What of the user's codex configuration hub threads use: an allow-list, so that nothing unheard of (MCP servers,
/// hooks, profiles, notifications, trust) takes part.
package struct UserConfiguration: Sendable, Hashable {
    /// The settings that count, as TOML would nest them.
    package var settings: [String: JSONValue]
    /// The settings that were left out, dotted, sorted.
    package var leftOut: [String]

    /// None.
    package static let none = UserConfiguration(settings: [:], leftOut: [])

    /// Top-level settings that are taken over whole.
    static let allowed: Set<String> = [
        "model", "model_provider", "model_providers", "model_reasoning_effort", "model_reasoning_summary",
        "model_verbosity",
        "model_supports_reasoning_summaries", "model_context_window", "model_auto_compact_token_limit",
        "model_catalog_json", "service_tier",
        "personality", "tool_output_token_limit", "chatgpt_base_url", "openai_base_url", "cli_auth_credentials_store",
        "forced_login_method",
        "forced_chatgpt_workspace_id", "oss_provider",
    ]

    /// Features that are taken over: they change how the model is talked to, not what an agent may do.
    static let allowedFeatures: Set<String> = [
        "fast_mode", "unified_exec", "shell_tool", "enable_request_compression",
        "respect_system_proxy", "code_mode_host",
        "responses_websockets", "responses_websockets_v2", "tool_search",
    ]

    /// Reads and filters a `config.toml`.
    ///
    /// - Throws: `AppServerError` with `configuration`, naming the place.
    package static func parse(_ text: String, path: String) throws(AppServerError) -> UserConfiguration {
        let all: JSONValue
        do {
            all = try JSONValue(parsing: try TOMLTable(string: text).convert(to: .json))
        } catch {
            throw AppServerError(.configuration, "\(path) is no valid TOML: \(error)")
        }
        var found = UserConfiguration.none
        for (key, value) in (all.objectValue ?? [:]).sorted(by: { $0.key < $1.key }) {
            if allowed.contains(key) {
                found.settings[key] = value
            } else if key == "features", let features = value.objectValue {
                let kept = features.filter { allowedFeatures.contains($0.key) }
                if !kept.isEmpty { found.settings["features"] = .object(kept) }
                found.leftOut += features.keys.filter { kept[$0] == nil }.sorted().map { "features.\($0)" }
            } else {
                found.leftOut.append(key)
            }
        }
        return found
    }

    /// The names of the environment variables that the model providers read: their keys.
    package var environmentKeys: Set<String> {
        var names: Set<String> = []
        for provider in (settings["model_providers"]?.objectValue ?? [:]).values {
            if let key = provider["env_key"]?.stringValue { names.insert(key) }
            for name in (provider["env_http_headers"]?.objectValue ?? [:]).values {
                name.stringValue.map { _ = names.insert($0) }
            }
        }
        return names
    }
}
