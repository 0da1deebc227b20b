extension WorkflowFile {
    /// What `orch init` writes: every setting with its default, as comments, and no prompt of its own.
    static let template = """
        ---
        # How orch works on this repository. Everything is optional: what follows are the defaults, to be uncommented and
        # changed. The hub reads this file from the base branch's newest commit, never from an agent's worktree, and again
        # when that changes; flags of `orch daemon` win over it. What stands below the second line of dashes is the prompt
        # that each agent gets with its issue; leave it empty for the prompt that orch brings along.
        #
        # orch:
        #   wip: 3                      # agents that work at once
        #   checkin: 10m                # worked time between two check-ins of an agent
        #   budget: 45m                 # worked time of an agent in all
        #   tokens: 2000000             # tokens of an agent in all (default: no limit)
        #   nudges: 2                   # check-ins without an answer before an agent is called stalled
        #   max_attempts: 3             # attempts at an issue
        #   base_branch: main           # where agents begin (default: the branch that is checked out)
        #   autopilot: false            # whether the orchestrator's decisions are executed
        #   model: gpt-5.5              # default: that of your Codex settings
        #
        # hooks:                        # shell scripts, run in the agent's worktree with the agent's environment
        #   after_create: |
        #     npm install
        ---

        """
}
