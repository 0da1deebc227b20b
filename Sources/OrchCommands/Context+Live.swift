import Glibc

extension Context {
    /// The real process: its environment, its folder, its standard streams.
    package static func live() -> Context {
        let environment = currentEnvironment()
        return Context(
            environment: environment,
            directory: currentDirectory(),
            executable: executablePath(),
            input: StandardInput(),
            output: .standard(environment: environment),
            nowMs: wallClockMs
        )
    }

    @Sendable
    private static func wallClockMs() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000
    }

    private static func currentEnvironment() -> [String: String] {
        var variables: [String: String] = [:]
        var entry = environ
        while let text = entry.pointee {
            let pair = String(cString: text).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            if pair.count == 2 { variables[String(pair[0])] = String(pair[1]) }
            entry += 1
        }
        return variables
    }

    private static func currentDirectory() -> String {
        guard let path = getcwd(nil, 0) else { return "/" }
        defer { free(path) }
        return String(cString: path)
    }

    private static func executablePath() -> String {
        // /proc/self/exe names the file even when the program was found through PATH or a link.
        guard let path = realpath("/proc/self/exe", nil) else { return CommandLine.arguments.first ?? "orch" }
        defer { free(path) }
        return String(cString: path)
    }
}
