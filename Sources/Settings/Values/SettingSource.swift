/// Where a setting's value came from.
package enum SettingSource: String, Sendable, Hashable {
    case workflow = "WORKFLOW.md"
    case flag
}
