package import OrchCore

extension HubRecord {
    /// What the hub's labels are called, as its last daemon had it; nil when none ever ran.
    package var labelNames: LabelNames? {
        guard let labels = stored("labels") else { return nil }
        var names = LabelNames()
        func read(_ key: String, _ path: WritableKeyPath<LabelNames, String>) {
            if let name = labels[key]?.stringValue { names[keyPath: path] = name }
        }
        read("orchestrate", \.orchestrate)
        read("queued", \.queued)
        read("running", \.running)
        read("review", \.review)
        read("done", \.done)
        read("stalled", \.stalled)
        read("pr_on_complete", \.prOnComplete)
        return names
    }

    /// Labels that an issue must have besides, as the last daemon had it.
    package var requiredLabels: [String] {
        (stored("required_labels")?.arrayValue ?? []).compactMap(\.stringValue)
    }

    private func stored(_ key: String) -> JSONValue? {
        // Written by a daemon; one that can't be read says as little as none.
        settings.flatMap { try? JSONValue(parsing: $0) }?[key]
    }
}
