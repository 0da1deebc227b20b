import Glibc
import OrchTestSupport
import Synchronization

/// A child process that runs for as long as the test holds its input open; ended and reaped with the value.
final class Child {
    private let pid: pid_t
    private let input: Int32
    private let output: Int32
    private var isReaped = false

    /// One child is started at a time, so that none inherits another's pipes before they are marked to close.
    private static let starting = Mutex(())

    /// Starts a program by its path.
    init(_ arguments: [String]) throws {
        (pid, input, output) = try Self.starting.withLock { _ in try Self.start(arguments) }
    }

    private static func start(_ arguments: [String]) throws -> (pid_t, Int32, Int32) {
        var toChild: [Int32] = [0, 0]
        var fromChild: [Int32] = [0, 0]
        guard pipe(&toChild) == 0, pipe(&fromChild) == 0 else { throw TestSupportError(description: "no pipe") }
        for end in toChild + fromChild { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, toChild[0], 0)
        posix_spawn_file_actions_adddup2(&actions, fromChild[1], 1)
        var words: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
        defer { for word in words { free(word) } }
        var environment: [UnsafeMutablePointer<CChar>?] = [nil]
        var child: pid_t = 0
        let code = posix_spawn(&child, arguments[0], &actions, nil, &words, &environment)
        close(toChild[0])
        close(fromChild[1])
        guard code == 0 else { throw TestSupportError(description: "can't start \(arguments[0])") }
        return (child, toChild[1], fromChild[0])
    }

    deinit {
        end()
        close(output)
    }

    /// Sends a byte and waits until the child (a `cat`) sends it back: whatever it did before, it has done.
    func waitUntilItRuns() throws {
        var byte: UInt8 = 7
        guard write(input, &byte, 1) == 1 else { throw TestSupportError(description: "the child does not listen") }
        var waiting = pollfd(fd: output, events: Int16(POLLIN), revents: 0)
        guard poll(&waiting, 1, 30_000) == 1, read(output, &byte, 1) == 1 else {
            throw TestSupportError(description: "the child does not answer")
        }
    }

    /// Ends it by closing its input, or with SIGKILL, and waits for its end.
    func end(killing: Bool = false) {
        guard !isReaped else { return }
        isReaped = true
        if killing { kill(pid, SIGKILL) }
        close(input)
        var status: Int32 = 0
        waitpid(pid, &status, 0)
    }
}
