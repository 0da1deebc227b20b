import Glibc

/// Runs git to its end, on the calling thread.
///
/// The model's actor has a thread of its own, so blocking it here hurts nobody, and keeps each request one step.
enum GitRun {
    /// How it ended.
    struct Outcome {
        var status: Int32
        var output: String
        var error: String

        /// The output without the newline at its end.
        var line: String { output.hasSuffix("\n") ? String(output.dropLast()) : output }
    }

    /// The most output that is read; more is cut.
    private static let outputMax = 8 << 20

    /// Runs `git` with arguments in a bare repository, in a clean environment.
    ///
    /// - Throws: `Refusal` with status 500 when git cannot be started.
    static func run(_ repository: String, _ arguments: [String], environment: [String: String] = [:]) throws -> Outcome
    {
        // Files, not pipes: nobody has to read while it runs, and a child of another thread that inherits one holds nothing up.
        let files = [try scratchFile(), try scratchFile()]
        defer { for file in files { close(file) } }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, files[0], 1)
        posix_spawn_file_actions_adddup2(&actions, files[1], 2)
        let variables = baseEnvironment.merging(environment) { $1 }.map { "\($0.key)=\($0.value)" }
        let child = try withStrings(["git", "--git-dir=\(repository)"] + arguments) { words in
            try withStrings(variables) { variables in
                var child: pid_t = 0
                let code = posix_spawnp(&child, "git", &actions, nil, words, variables)
                guard code == 0 else { throw Refusal(500, "git: \(String(cString: strerror(code)))") }
                return child
            }
        }
        var status: Int32 = 0
        while waitpid(child, &status, 0) < 0 {
            guard errno == EINTR else { throw Refusal(500, "git: cannot be waited for") }
        }
        let code = status & 0x7F == 0 ? (status >> 8) & 0xFF : -1
        return Outcome(status: code, output: content(files[0]), error: content(files[1]))
    }

    private static let baseEnvironment = [
        "PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": "/nonexistent", "LC_ALL": "C", "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_TERMINAL_PROMPT": "0",
    ]

    /// A file without a name, for its owner only.
    private static func scratchFile() throws -> Int32 {
        var template = Array("/tmp/github-model-XXXXXX".utf8CString)
        let file = mkstemp(&template)
        guard file >= 0 else { throw Refusal(500, "git: no scratch file: \(String(cString: strerror(errno)))") }
        unlink(template)
        _ = fcntl(file, F_SETFD, FD_CLOEXEC)
        return file
    }

    private static func content(_ file: Int32) -> String {
        var kept: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while kept.count < outputMax {
            let count = pread(file, &buffer, buffer.count, off_t(kept.count))
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { break }
            kept += buffer[..<count]
        }
        return String(decoding: kept, as: UTF8.self)
    }

    private static func withStrings<T>(
        _ texts: [String],
        _ body: ([UnsafeMutablePointer<CChar>?]) throws -> T
    ) rethrows -> T {
        let words: [UnsafeMutablePointer<CChar>?] = texts.map { strdup($0) } + [nil]
        defer { for word in words { free(word) } }
        return try body(words)
    }
}
