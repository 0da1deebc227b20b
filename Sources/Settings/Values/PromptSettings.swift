/// The prompts as templates; nil means the default of `Prompts`.
package struct PromptSettings: Sendable, Hashable {
    /// What the orchestrator is.
    package var orchestrator: String?
    /// What a sub-agent is.
    package var subAgent: String?
    /// What a sub-agent is to do: the Markdown body of `WORKFLOW.md`, rendered for each issue.
    package var task: String?

    /// The default prompts.
    package init() {}
}
