import Glibc
import OrchCore
import Subprocess
import Synchronization
import SystemPackage
import Timers

/// Runs a program to its end: never through a shell, in a session of its own, with a limit on time and output.
///
/// Nothing that it started outlives it: at the end its whole process group is killed, also when the caller is cancelled. At the limit the
/// group gets SIGTERM first, which lets git remove its lock files, and SIGKILL two seconds later.
enum ProcessRunner {
    /// How long a program may take to obey SIGTERM.
    private static let grace: Duration = .seconds(2)

    /// Runs it.
    ///
    /// - Parameter request: the program.
    /// - Returns: how it ended; a non-zero status or a limit that was reached is no error here.
    /// - Throws: `WorkspaceError` with code `cannotStart`, `badName` or `cancelled`.
    static func run(_ request: ProcessRequest) async throws(WorkspaceError) -> ProcessOutcome {
        try check(request)
        let kept = Kept(limit: request.outputLimit)
        let status: ProcessOutcome.Status
        do {
            status = try await withThrowingTaskGroup(of: ProcessOutcome.Status.self) { group in
                group.addTask { try await start(request, kept) }
                group.addTask {
                    try await pause(for: request.limit)
                    return .timedOut
                }
                let first = try await group.next() ?? .timedOut
                group.cancelAll()
                // The program is on its way out: what it says about being ended does not matter, only that it has ended.
                while await group.nextResult() != nil {}
                return first
            }
        } catch {
            kept.endGroup()
            throw Self.error(error, request)
        }
        kept.endGroup()
        if Task.isCancelled, status != .exited(0) { throw Self.error(CancellationError(), request) }
        let (output, error) = kept.outputs
        return ProcessOutcome(status: status, output: output, error: error)
    }

    /// A string with a zero byte would reach the program cut: it is refused.
    private static func check(_ request: ProcessRequest) throws(WorkspaceError) {
        let strings =
            request.arguments + request.environment.flatMap { [$0.key, $0.value] } + [
                request.directory, request.program,
            ]
        guard strings.allSatisfy({ !$0.utf8.contains(0) }) else {
            throw WorkspaceError(
                .badName,
                "\(request.name) was not run: an argument, a variable or the folder has a zero byte in it"
            )
        }
    }

    private static func start(_ request: ProcessRequest, _ kept: Kept) async throws -> ProcessOutcome.Status {
        var options = PlatformOptions()
        options.createSession = true
        options.teardownSequence = [.gracefulShutDown(toProcessGroup: true, allowedDurationToNextStep: grace)]
        var variables: [Environment.Key: String] = [:]
        for (name, value) in request.environment {
            if let key = Environment.Key(rawValue: name) { variables[key] = value }
        }
        let configuration = Configuration(
            executable: .path(FilePath(request.program)),
            arguments: Arguments(request.arguments),
            environment: .custom(variables),
            workingDirectory: FilePath(request.directory),
            platformOptions: options
        )
        let status: TerminationStatus
        if request.mergesError {
            status = try await Subprocess.run(
                configuration,
                input: .none,
                output: .sequence,
                error: .combinedWithOutput
            ) { running in
                kept.began(running.processIdentifier.value)
                for try await buffer in running.standardOutput { buffer.withUnsafeBytes { kept.output($0) } }
            }.terminationStatus
        } else {
            status = try await Subprocess.run(configuration, input: .none, output: .sequence, error: .sequence) {
                running in
                kept.began(running.processIdentifier.value)
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask {
                        for try await buffer in running.standardOutput { buffer.withUnsafeBytes { kept.output($0) } }
                    }
                    group.addTask {
                        for try await buffer in running.standardError { buffer.withUnsafeBytes { kept.error($0) } }
                    }
                    try await group.waitForAll()
                }
            }.terminationStatus
        }
        return switch status {
        case .exited(let code): .exited(code)
        case .signaled(let signal): .signalled(signal)
        }
    }

    private static func error(_ error: any Error, _ request: ProcessRequest) -> WorkspaceError {
        if Task.isCancelled || error is CancellationError {
            return WorkspaceError(.cancelled, "\(request.name) was ended because the hub no longer waits for it")
        }
        guard let error = error as? SubprocessError else {
            return WorkspaceError(.cannotStart, "\(request.program) can't be run: \(error)")
        }
        switch error.code {
        case .executableNotFound:
            return WorkspaceError(.cannotStart, "\(request.program) is not there or can't be executed")
        case .failedToChangeWorkingDirectory:
            return WorkspaceError(
                .cannotStart,
                "\(request.name) can't run in \(request.directory): there is no such folder, or it is closed to us"
            )
        default: return WorkspaceError(.cannotStart, "\(request.program) can't be run: \(error)")
        }
    }
}

/// What is kept of a running program, also when the task that reads it is cancelled.
private final class Kept: Sendable {
    private struct State {
        var group: pid_t?
        var output: BoundedOutput
        var error: BoundedOutput
    }

    private let state: Mutex<State>

    init(limit: Int) {
        state = Mutex(State(output: BoundedOutput(limit: limit), error: BoundedOutput(limit: limit)))
    }

    func began(_ pid: pid_t) { state.withLock { $0.group = pid } }
    func output(_ bytes: UnsafeRawBufferPointer) { state.withLock { $0.output.append(bytes) } }
    func error(_ bytes: UnsafeRawBufferPointer) { state.withLock { $0.error.append(bytes) } }
    var outputs: (BoundedOutput, BoundedOutput) { state.withLock { ($0.output, $0.error) } }

    /// Kills what the program left behind.
    ///
    /// Its number is its group's and its session's, since it began a session. The kernel gives no process that number while anybody is left
    /// in the group; if nobody is, this finds nobody.
    func endGroup() {
        guard let group = state.withLock({ $0.group }), group > 1 else { return }
        kill(-group, SIGKILL)
    }
}
