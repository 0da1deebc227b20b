extension WorkflowFile {
    /// What `orch init` writes: every setting with its default, as comments, and no prompt of its own; for GitHub it says so.
    static func template(_ gitHub: GitHub?) -> String {
        guard let gitHub else { return top + local + rest("# ") + bottom }
        var lines =
            "orch:\n  tracker: github               # issues, labels, comments and pull requests of GitHub rule\n"
        if let name = gitHub.repository {
            lines += "  repo: \(name)\n"
        } else {
            lines += "  # repo: acme/widgets          # default: the repository that the git remote leads to\n"
        }
        if let url = gitHub.apiURL { lines += "  github_api_url: \(url)\n" }
        return top + lines + forge("  ") + rest("  ") + bottom
    }

    private static let top = """
        ---
        # How orch works on this repository. Everything is optional: what follows are the defaults, to be uncommented and
        # changed. The hub reads this file from the base branch's newest commit, never from an agent's worktree, and again
        # when that changes; flags of `orch daemon` win over it.
        #
        # What stands below the second line of dashes is the prompt that each agent gets with its issue; leave it empty for
        # the prompt that orch brings along. It is a Liquid template: {{ issue.number }}, {{ issue.title }},
        # {{ issue.goal }}, {{ issue.acceptance }}, {{ issue.scope }}, {{ issue.validation }}, {{ issue.body }},
        # {{ issue.labels }}, {{ agent.name }}, {{ branch }}, {{ worktree }}, {{ base_branch }}, {{ brief }}, {{ attempt }},
        # {{ budget }}, {{ checkin }}. `orch doctor` tries it.
        #

        """

    private static let local =
        "# orch:\n#   tracker: local              # issues of `orch issue`; `github` for those of GitHub\n"

    private static func forge(_ margin: String) -> String {
        """
        # remote: origin              # the git remote that branches begin from and are pushed to
        # poll: 25s                   # how often GitHub is asked
        # draft_pulls: false          # whether pull requests begin as drafts (label auto:pr-on-complete)
        # review_rounds: 3            # how often review feedback on a pull request is given back to its agent
        # feedback_delay: 20s         # how long such feedback is gathered first
        # status_interval: 3m         # how often the status comment of a working agent is written anew

        """.indented(margin)
    }

    /// The lines that both have, behind a margin that makes them comments or keys of `orch`.
    private static func rest(_ margin: String) -> String {
        let lines = """
            wip: 3                      # agents that work at once
            checkin: 10m                # worked time between two check-ins of an agent
            budget: 45m                 # worked time of an agent in all
            tokens: 2000000             # tokens of an agent in all (default: no limit)
            nudges: 2                   # check-ins without an answer before an agent is called stalled
            stale: 30m                  # time without any sign of life before an agent is called stalled
            max_attempts: 3             # attempts at an issue
            base_branch: main           # where agents begin (default: the branch that is checked out)
            worktrees: .worktrees       # the folder of the agents' worktrees
            autopilot: false            # whether the orchestrator's decisions are executed
            model: gpt-5.5              # default: that of your Codex settings
            labels:                     # what the hub's labels are called
              queued: agent:queued      # also: orchestrate, running, review, done, stalled, pr_on_complete
            prompts:                    # templates in the place of those that orch brings along
              sub_agent: |              # also: orchestrator
                You are {{ agent.name }}. Work on branch {{ branch }} in {{ worktree }}.

            """
        return lines.indented(margin == "# " ? "#   " : "  # ")
    }

    private static let bottom = """
        #
        # hooks:                        # shell scripts, run in the agent's worktree with the agent's environment
        #   after_create: |
        #     npm install
        ---

        """
}

extension String {
    /// Each line behind a margin; an empty last line stays empty.
    fileprivate func indented(_ margin: String) -> String {
        split(separator: "\n", omittingEmptySubsequences: false).map { $0.isEmpty ? "" : margin + $0 }
            .joined(separator: "\n")
    }
}
