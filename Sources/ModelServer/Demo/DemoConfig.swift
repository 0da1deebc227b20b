/// What Codex must be told to talk to the demo's model.
package enum DemoConfig {
    /// The environment variable that must hold some key; any value will do.
    package static let keyVariable = "MOCK_KEY"
    /// The model's name: one that Codex knows, since an unknown one gets no `apply_patch`.
    package static let model = "gpt-5.5"

    /// The text of `config.toml` in `CODEX_HOME`.
    package static func codexConfig(port: Int) -> String {
        """
        model = "\(model)"
        model_provider = "mock"

        [model_providers.mock]
        name = "mock"
        base_url = "http://127.0.0.1:\(port)/v1"
        wire_api = "responses"
        env_key = "\(keyVariable)"

        """
    }
}
