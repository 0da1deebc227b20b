import OrchCore

/// Variables as they may be, to try templates with: everything there, and as little as can be.
enum PromptSamples {
    /// For the templates of sub-agents.
    static let agent: [[String: JSONValue]] = [full.variables, bare.variables]

    /// For the template of the orchestrator.
    static let orchestrator: [[String: JSONValue]] = [
        Prompts.orchestratorVariables(repository: "/repository", baseBranch: "main", wip: 3)
    ]

    private static var full: AgentTask {
        var task = AgentTask.sample
        task.issue?.blockedBy = [2]
        task.issue?.labels = ["orchestrate", "priority:P1"]
        task.issue?.body = """
            ## Goal
            A goal

            ## Acceptance
            - [ ] An item
            - [x] Another

            ## Scope
            A scope

            ## Validation
            A test
            """
        task.brief = "A brief"
        task.attempt = 2
        task.tokensMax = 1_000
        task.workflow = "A workflow"
        return task
    }

    private static var bare: AgentTask {
        var task = AgentTask.sample
        task.issue?.body = ""
        task.issue?.labels = []
        task.issue?.blockedBy = []
        task.brief = nil
        task.attempt = nil
        task.tokensMax = nil
        task.workflow = nil
        return task
    }
}
