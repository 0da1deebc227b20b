import OrchCore
import OrchTestSupport
import Testing
import Yams

@testable import OrchCommands

/// The GitHub Action that `orch init --projects-workflow` writes: its YAML, its shell, and what it does.
@Suite(.timeLimit(.minutes(2))) struct ProjectsWorkflowTests {
    @Test func `the file is written, written once, and never over another one unasked`() async throws {
        let directory = try await TestRepository.make()
        let console = Console(directory: directory.path)
        let first = await console.run("init", "--projects-workflow")
        #expect(first.status == 0)
        #expect(first.err.contains(".github/workflows/labels-to-project.yml is written."))
        #expect(first.err.contains("gh secret set PROJECT_TOKEN"))
        #expect(try directory.list().sorted() == [".git", ".github"])
        let text = try directory.read(ProjectsWorkflow.path)
        let again = await console.run("init", "--projects-workflow")
        #expect(again.status == 0)
        #expect(again.err.contains("is there already"))
        try directory.write(ProjectsWorkflow.path, "mine\n")
        let refused = await console.run("init", "--projects-workflow")
        #expect(refused.status == 73)
        #expect(refused.err.contains("--force"))
        #expect(try directory.read(ProjectsWorkflow.path) == "mine\n")
        #expect(await console.run("init", "--projects-workflow", "--force").status == 0)
        #expect(try directory.read(ProjectsWorkflow.path) == text)
    }

    @Test func `the names are those of the settings`() async throws {
        let directory = try await TestRepository.make()
        try directory.write("WORKFLOW.md", "---\norch:\n  labels:\n    running: In the works\n---\n")
        #expect(await Console(directory: directory.path).run("init", "--projects-workflow").status == 0)
        #expect(try directory.read(ProjectsWorkflow.path).contains("[\"In the works\", [\"In Progress\"]]"))
    }

    @Test func `its YAML is a workflow with few permissions`() throws {
        let file = try WorkflowYAML(LabelNames())
        #expect(file.root["permissions"] as? [String: String] == [:])
        let concurrency = try #require(file.root["concurrency"] as? [String: Any])
        #expect((concurrency["group"] as? String)?.contains("github.event.issue.number") == true)
        #expect(concurrency["cancel-in-progress"] as? Bool == false)
        let steps = try #require(file.job["steps"] as? [[String: Any]])
        #expect(steps.count == 1)
        #expect(steps[0]["uses"] == nil)
        // What comes from the event reaches the script as variables only.
        #expect(!file.script.contains("${{"))
        #expect(Set(file.types) == ["opened", "labeled", "unlabeled", "closed", "reopened"])
    }

    @Test func `odd names of labels stay names`() throws {
        let odd = LabelNames(running: "a \"quoted\" 'label' \\ ${{ secrets.X }} : #é")
        let file = try WorkflowYAML(odd)
        #expect(!(file.environment["STATUS_OF_LABEL"] ?? "").contains("${{"))
        let map = try JSONValue(parsing: file.environment["STATUS_OF_LABEL"] ?? "")
        #expect(map.arrayValue?.first?.arrayValue?.first?.stringValue == odd.running)
        let ours = try JSONValue(parsing: file.environment["OUR_LABELS"] ?? "")
        #expect(ours.arrayValue?.contains(.string(odd.running)) == true)
    }

    @Test func `its script is sound shell`() async throws {
        let directory = try TemporaryDirectory()
        try directory.write("script.sh", "#!/bin/bash\n" + WorkflowYAML(LabelNames()).script)
        let environment = ["PATH": "/usr/local/bin:/usr/bin:/bin"]
        let bash = try await ProgramOutput.of(
            "bash",
            ["-n", "script.sh"],
            in: directory.path,
            environment: environment
        )
        #expect(bash.status == 0, "\(bash.error)")
        let find = try await ProgramOutput.of(
            "bash",
            ["-c", "command -v shellcheck && shellcheck -s bash -e SC2016,SC2153,SC2154 script.sh"],
            in: directory.path,
            environment: environment
        )
        // Not installed everywhere; where it is, it has nothing to say.
        if !find.output.isEmpty { #expect(find.status == 0, "\(find.output)\(find.error)") }
    }

    // MARK: What it does

    @Test func `a label becomes a Status, and the issue an item of the project`() async throws {
        let board = try ProjectBoard(labels: ["orchestrate", "agent:running"])
        let run = try await board.run("labeled", label: "agent:running")
        #expect(run.status == 0, "\(run.error)")
        #expect(try board.mutations() == ["add PVT_1 I_7", "set PVT_1 ITEM_NEW FIELD_1 O_PROGRESS"])
    }

    @Test(arguments: [
        (["orchestrate", "agent:queued"], false, "O_TODO"), (["AGENT:REVIEW"], false, "O_PROGRESS"),
        (["agent:done"], false, "O_DONE"), (["orchestrate", "agent:running"], true, "O_DONE"),
        (["agent:queued", "agent:running"], false, "O_PROGRESS"), (["orchestrate"], false, "O_TODO"),
    ]) func `the state now counts, in a fixed order`(labels: [String], isClosed: Bool, option: String) async throws {
        let board = try ProjectBoard(labels: labels, isClosed: isClosed, item: "O_OTHER")
        let run = try await board.run(isClosed ? "closed" : "reopened")
        #expect(run.status == 0, "\(run.error)")
        #expect(try board.mutations() == ["set PVT_1 ITEM_1 FIELD_1 \(option)"])
    }

    @Test func `what is right already is left alone, and so are labels and issues of others`() async throws {
        let right = try ProjectBoard(labels: ["agent:done"], item: "O_DONE")
        #expect(try await right.run("labeled", label: "agent:done").status == 0)
        #expect(try right.mutations() == [])
        let foreign = try ProjectBoard(labels: ["bug", "agent:running"])
        #expect(try await foreign.run("labeled", label: "bug").status == 0)
        #expect(try foreign.calls() == 0)
        let other = try ProjectBoard(labels: ["bug"], isClosed: true)
        #expect(try await other.run("closed").status == 0)
        #expect(try other.mutations() == [])
        let archived = try ProjectBoard(labels: ["agent:done"], item: "O_TODO", isArchived: true)
        #expect(try await archived.run("labeled", label: "agent:done").status == 0)
        #expect(try archived.mutations() == [])
    }

    @Test func `the last label taken off puts an item back, and adds none`() async throws {
        let item = try ProjectBoard(labels: [], item: "O_PROGRESS")
        #expect(try await item.run("unlabeled", label: "agent:running").status == 0)
        #expect(try item.mutations() == ["set PVT_1 ITEM_1 FIELD_1 O_TODO"])
        let none = try ProjectBoard(labels: [])
        #expect(try await none.run("unlabeled", label: "agent:running").status == 0)
        #expect(try none.mutations() == [])
    }

    @Test func `a Status that the project lacks is an annotation, and the issue is an item all the same`() async throws
    {
        let board = try ProjectBoard(labels: ["agent:running"], options: ["Todo", "Done"])
        let run = try await board.run("labeled", label: "agent:running")
        #expect(run.status == 0, "\(run.error)")
        #expect(
            run.output.contains(
                "::warning title=labels-to-project::The project has no Status called In Progress; it has: Todo, Done."
            )
        )
        #expect(try board.mutations() == ["add PVT_1 I_7"])
    }

    @Test(arguments: [
        (["PROJECT_URL": ""], "Set the repository variable PROJECT_URL"),
        (["PROJECT_URL": "https://github.com/acme/widgets"], "PROJECT_URL is no project"),
        (["GH_TOKEN": ""], "Set the repository secret PROJECT_TOKEN"),
        (["FAKE_REFUSES": "1"], "GitHub refused"), (["FAKE_NO_PROJECT": "1"], "There is no project 3 of acme"),
        (["FAKE_NO_FIELD": "1"], "no field Status"),
    ]) func `what is not set up is an error that says so`(variables: [String: String], words: String) async throws {
        let board = try ProjectBoard(labels: ["agent:running"])
        let run = try await board.run("labeled", label: "agent:running", variables)
        #expect(run.status == 1)
        #expect(run.error.contains("::error title=labels-to-project::"))
        #expect((run.output + run.error).contains(words), "\(run.error)")
        #expect(try board.mutations() == [])
    }

    @Test func `owner and number do as well as the address`() async throws {
        let board = try ProjectBoard(labels: ["agent:done"], item: "O_TODO")
        let run = try await board.run(
            "labeled",
            label: "agent:done",
            ["PROJECT_URL": "", "PROJECT_OWNER": "acme", "PROJECT_NUMBER": "3"]
        )
        #expect(run.status == 0, "\(run.error)")
        #expect(try board.mutations() == ["set PVT_1 ITEM_1 FIELD_1 O_DONE"])
    }
}

/// The parts of the file.
struct WorkflowYAML {
    let root: [String: Any]
    let job: [String: Any]
    let environment: [String: String]
    let script: String
    /// The activities of issues that it is run by.
    let types: [String]

    init(_ labels: LabelNames) throws {
        // In YAML 1.1 the key `on` is a truth value, and not one for GitHub.
        let text = ProjectsWorkflow(labels: labels).text.replacing("\non:\n", with: "\n\"on\":\n")
        root = try #require(try Yams.load(yaml: text) as? [String: Any])
        let jobs = try #require(root["jobs"] as? [String: [String: Any]])
        job = try #require(jobs["sync"])
        let step = try #require((job["steps"] as? [[String: Any]])?.first)
        environment = try #require(step["env"] as? [String: String])
        script = try #require(step["run"] as? String)
        let issues = (root["on"] as? [String: Any])?["issues"] as? [String: Any]
        types = issues?["types"] as? [String] ?? []
    }
}

/// A project, and a `gh` that answers for it and writes down what it is asked to change.
struct ProjectBoard {
    struct Run {
        var status: Int32
        var output: String
        var error: String
    }

    let directory: TemporaryDirectory

    /// A project with these options, and issue 7 with these labels, perhaps an item that has an option.
    init(
        labels: [String],
        isClosed: Bool = false,
        item: String? = nil,
        isArchived: Bool = false,
        options: [String] = ["Todo", "In Progress", "Done"]
    ) throws {
        directory = try TemporaryDirectory()
        let ids = ["Todo": "O_TODO", "In Progress": "O_PROGRESS", "Done": "O_DONE"]
        let field: JSONValue = [
            "id": "FIELD_1",
            "options": .array(options.map { ["id": .string(ids[$0] ?? $0), "name": .string($0)] }),
        ]
        let project: JSONValue = ["id": "PVT_1", "closed": false, "field": field]
        let elsewhere: JSONValue = [
            "id": "ITEM_0", "isArchived": false, "project": ["id": "PVT_0"], "fieldValueByName": ["optionId": "O_DONE"],
        ]
        let own: JSONValue = [
            "id": "ITEM_1", "isArchived": .bool(isArchived), "project": ["id": "PVT_1"],
            "fieldValueByName": item == nil ? .null : ["optionId": .text(item)],
        ]
        let issue: JSONValue = [
            "id": "I_7", "state": isClosed ? "CLOSED" : "OPEN",
            "labels": ["nodes": .array(labels.map { ["name": .string($0)] })],
            "projectItems": ["nodes": .array(item == nil ? [elsewhere] : [elsewhere, own])],
        ]
        func answer(_ key: String, _ inner: String, _ value: JSONValue) -> String {
            JSONValue.object(["data": .object([key: .object([inner: value])])]).canonicalText
        }
        try directory.write("project.json", answer("repositoryOwner", "projectV2", project))
        try directory.write("no-project.json", answer("repositoryOwner", "projectV2", .null))
        try directory.write("no-field.json", answer("repositoryOwner", "projectV2", ["id": "PVT_1", "field": [:]]))
        try directory.write("issue.json", answer("repository", "issue", issue))
        try directory.write(
            "added.json",
            answer("addProjectV2ItemById", "item", ["id": "ITEM_NEW"])
        )
        try directory.write("script.sh", try WorkflowYAML(LabelNames()).script)
        try directory.write("log", "")
        try directory.write("calls", "")
        _ = try directory.folder("bin")
        try TemporaryDirectory.install(Self.gh, at: directory.file("bin/gh"))
    }

    /// `gh api graphql -f name=value … -f query=…`: as strict about its arguments as the real one.
    private static let gh = #"""
        #!/bin/bash
        set -eu
        echo call >>"$FAKE/calls"
        [[ $1 == api && $2 == graphql && -n $GH_TOKEN && $GH_HOST == github.com ]] || exit 3
        shift 2
        declare -A is=()
        while [[ $# -gt 0 ]]; do
            [[ $1 == -f || $1 == -F ]] || exit 4
            is[${2%%=*}]=${2#*=}
            shift 2
        done
        [[ -z ${FAKE_REFUSES:-} ]] || { echo "gh: Resource not accessible by personal access token" >&2; exit 1; }
        case "${is[query]}" in
        *repositoryOwner*)
            [[ ${is[login]} == acme && ${is[number]} == 3 && ${is[field]} == Status ]] || exit 5
            if [[ -n ${FAKE_NO_PROJECT:-} ]]; then cat "$FAKE/no-project.json"
            elif [[ -n ${FAKE_NO_FIELD:-} ]]; then cat "$FAKE/no-field.json"
            else cat "$FAKE/project.json"; fi ;;
        *projectItems*)
            [[ ${is[owner]} == acme && ${is[name]} == widgets && ${is[number]} == 7 ]] || exit 6
            cat "$FAKE/issue.json" ;;
        *addProjectV2ItemById*)
            echo "add ${is[project]} ${is[issue]}" >>"$FAKE/log"
            cat "$FAKE/added.json" ;;
        *updateProjectV2ItemFieldValue*)
            echo "set ${is[project]} ${is[item]} ${is[field]} ${is[option]}" >>"$FAKE/log"
            echo '{"data":{}}' ;;
        *) exit 7 ;;
        esac
        """#

    /// Runs the script as GitHub would for an event.
    func run(_ action: String, label: String = "", _ variables: [String: String] = [:]) async throws -> Run {
        var environment = try WorkflowYAML(LabelNames()).environment.filter { !$0.value.contains("${{") }
        environment.merge(
            [
                "PATH": "\(directory.file("bin")):/usr/bin:/bin", "FAKE": directory.path, "GH_TOKEN": "t",
                "PROJECT_URL": "https://github.com/orgs/acme/projects/3", "PROJECT_FIELD": "Status", "ISSUE": "7",
                "ACTION": action, "LABEL": label, "GITHUB_REPOSITORY": "acme/widgets",
                "GITHUB_SERVER_URL": "https://github.com",
            ]
        ) { $1 }
        environment.merge(variables) { $1 }
        let result = try await ProgramOutput.of(
            "bash",
            ["--noprofile", "--norc", "-eo", "pipefail", "script.sh"],
            in: directory.path,
            environment: environment
        )
        return Run(status: result.status, output: result.output, error: result.error)
    }

    /// What was changed, in order.
    func mutations() throws -> [String] { try directory.read("log").split(separator: "\n").map(String.init) }

    /// How often GitHub was asked.
    func calls() throws -> Int { try directory.read("calls").split(separator: "\n").count }
}
