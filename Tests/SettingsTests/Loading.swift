import Settings
import Testing

/// Settings of a front matter and a body.
func load(
    _ frontMatter: String,
    body: String = "",
    flags: SettingsOverrides = SettingsOverrides(),
    variables: [String: String] = ["HOME": "/home/me"]
) throws -> HubSettings {
    try SettingsLoader.load(
        workflowText: "---\n\(frontMatter)\n---\n\(body)",
        overrides: flags,
        variables: variables
    )
}

/// The error of a text, which must have one.
func refusal(
    _ text: String?,
    flags: SettingsOverrides = SettingsOverrides(),
    variables: [String: String] = [:],
    at place: SourceLocation = #_sourceLocation
) -> SettingsError? {
    do throws(SettingsError) {
        let settings = try SettingsLoader.load(workflowText: text, overrides: flags, variables: variables)
        Issue.record("was taken: \(settings)", sourceLocation: place)
        return nil
    } catch {
        return error
    }
}
