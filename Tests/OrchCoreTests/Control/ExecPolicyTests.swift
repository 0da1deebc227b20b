import OrchCore
import Testing

@Suite struct ExecPolicyTests {
    @Test(arguments: [
        "git status", "git status -sb", "git status --porcelain=v2", "git log --oneline -5",
        "git log -n5 --stat main..HEAD", "git log -n 5 --author=me -- Sources", "git log --pretty=%h",
        "git show HEAD", "git show HEAD:README.md", "git diff", "git diff --stat main...HEAD",
        "git diff --cached -U5 -- a/b.swift", "git branch", "git branch -a", "git branch --list ai/*",
        "git branch --show-current", "git branch --contains HEAD", "git tag --list", "git worktree list",
        "git rev-parse HEAD", "git rev-parse --short=8 HEAD", "git rev-list --count main..HEAD",
        "git ls-files -m", "git ls-tree -r HEAD", "git cat-file -p HEAD", "git blame -L 1,5 a.swift",
        "git merge-base main HEAD", "git count-objects -v", "git for-each-ref --count=3",
        "gh issue view 12", "gh issue view 12 --comments", "gh issue list --state open --limit 5",
        "gh issue comment 12 --body --web", "gh issue comment 12 -b /etc", "gh pr view",
        "gh pr diff 7 --name-only", "gh pr checks ai/iss-1",
        "gh pr create --draft --title x --body y --head ai/iss-1 --base main", "gh run view 5 --log-failed",
        "gh pr list --json number,title",
    ])
    func `what only reads, and a comment or a pull request, may run`(command: String) {
        let argv = command.split(separator: " ").map(String.init)
        #expect(ExecPolicy.check(argv) == nil, "\(ExecPolicy.check(argv) ?? "")")
        #expect(ExecPolicy.hardened(argv).first == argv.first)
    }

    @Test(arguments: [
        "", "sh -c id", "/usr/bin/git status", "./git status", "GIT status", "rm -rf /", "git", "gh", "gh issue",
        // git runs other programs, or leaves its place
        "git -c core.pager=id log", "git -C /tmp status", "git --exec-path=/tmp status", "git --git-dir=/x status",
        "git --work-tree=/x status", "git --config-env=a=b log", "git -p log",
        "git --paginate log", "git --namespace=x log", "git --help", "git help -a",
        // subcommands
        "git commit -m x", "git add .", "git push", "git fetch", "git pull", "git clone x", "git ls-remote ext::sh",
        "git checkout main", "git switch main", "git reset --hard", "git clean -fd",
        "git rebase -x id", "git bisect run id", "git submodule foreach id", "git filter-branch", "git difftool",
        "git mergetool", "git config alias.x !id", "git alias", "git gc", "git stash",
        "git archive --exec=id", "git upload-pack .", "git remote -v", "git notes edit", "git hook run x", "git daemon",
        "git credential fill", "git update-ref x y", "git format-patch -o /tmp HEAD",
        "git grep -Oid x", "git !id", "git am", "git apply x", "git maintenance run", "git worktree add x",
        "git worktree remove x", "git worktree", "git worktree list list", "git reflog expire",
        // options
        "git log --output=/tmp/x", "git log --output /tmp/x", "git log --outp=x", "git diff --no-index a b",
        "git diff --ext-diff", "git diff --ext", "git log --textconv", "git show --show-signature",
        "git log --pretty=%GK", "git log --format=%G?", "git log --pretty --output=x", "git log -U --output=x",
        "git diff -Oorder", "git cat-file --filters x", "git cat-file --batch", "git log --exec=x",
        "git log --upload-pack=x", "git log --receive-pack=x", "git rev-parse --git-path=x", "git rev-parse --parseopt",
        "git diff -o x", "git log -c", "git blame --contents x",
        "git for-each-ref --format=%(signature)", "git branch new", "git branch -d x", "git branch -D x",
        "git branch -m a b", "git branch -f a b", "git branch -u x", "git branch --edit-description",
        "git branch --sort x new", "git tag new", "git tag -d x", "git tag -s x", "git tag -v x", "git status --x",
        "git log -sx", "git log ---",
        // paths
        "git diff /etc/passwd x", "git diff ../x y", "git log -- ../../x", "git show ~/x", "git log a/../../b",
        "git log ext::sh", "git blame --since=/x y", "git ls-files -- /etc",
        // gh
        "gh alias set x y", "gh extension install x", "gh api -X DELETE x", "gh api graphql", "gh auth token",
        "gh repo delete x", "gh repo clone x", "gh secret list", "gh pr merge 1", "gh pr checkout 1",
        "gh issue close 1", "gh issue view 1 --web", "gh issue view 1 -w", "gh issue view 1 --jq env",
        "gh issue view 1 -q env", "gh issue list --template x", "gh issue view -R a/b 1",
        "gh --repo a/b issue view 1", "gh issue view https://github.com/a/b/issues/1", "gh issue view 1 2",
        "gh issue comment 1 --editor", "gh issue comment 1 --body-file /etc/passwd", "gh issue comment 1 -F x",
        "gh issue comment 1 --body", "gh pr create --web", "gh pr create --title=x --fill --editor", "gh pr create x",
        "gh pr view -- --web", "gh run watch 1", "gh pr checks --watch", "gh issue view -cw 1",
        "gh browse", "gh codespace ssh", "gh pr diff 1 --color=always", "gh config set editor id",
    ])
    func `everything else is refused with a reason`(command: String) {
        let argv = command.split(separator: " ").map(String.init)
        #expect(ExecPolicy.check(argv)?.hasPrefix("exec: ") == true)
    }

    @Test func `sizes have limits, and NUL is nowhere`() {
        #expect(ExecPolicy.check(["git", "log"] + Array(repeating: "x", count: 63)) != nil)
        #expect(ExecPolicy.check(["git", "log", String(repeating: "x", count: 20_000)]) != nil)
        #expect(ExecPolicy.check(["git", "log", "a\0b"]) != nil)
        #expect(ExecPolicy.check(["git\u{1B}[2J"])?.contains("\u{1B}") == false)
    }

    @Test func `git runs with what its configuration could run switched off`() {
        let argv = ExecPolicy.hardened(["git", "diff", "--stat"])
        #expect(
            argv.contains("core.fsmonitor=false") && argv.contains("core.hooksPath=/dev/null")
                && argv.contains("--no-pager")
        )
        #expect(Array(argv.suffix(4)) == ["diff", "--no-textconv", "--no-ext-diff", "--stat"])
        #expect(ExecPolicy.hardened(["git", "status"]).last == "status")
        #expect(ExecPolicy.hardened(["gh", "pr", "view"]) == ["gh", "pr", "view"])
        #expect(ExecPolicy.environment["GIT_TERMINAL_PROMPT"] == "0")
    }

    @Test(arguments: 0..<300 as Range<UInt64>)
    func `no mix of arguments lets a dangerous one through`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let dangerous = [
            "--output=x", "--ext-diff", "--textconv", "-c", "--exec-path=/x", "--upload-pack=x", "/etc/passwd", "../x",
            "ext::sh", "--no-index", "-Oid", "--contents",
        ]
        let harmless = [
            "--stat", "-p", "HEAD", "--oneline", "-5", "-s", "--pretty", "-n", "--grep", "--since", "a/b", "--format",
            "-U", "-L", "-S",
        ]
        var argv = (0..<Int.random(in: 0...6, using: &random)).map { _ in random.pick(harmless) }
        argv.insert(random.pick(dangerous), at: Int.random(in: 0...argv.count, using: &random))
        let command = ["git", random.pick(["log", "show", "diff", "status", "branch", "blame", "rev-list", "tag"])]
        #expect(ExecPolicy.check(command + argv) != nil)
    }
}
