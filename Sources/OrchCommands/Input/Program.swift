import Glibc

/// Runs other programs in the foreground.
enum Program {
    /// Runs a program on this process's own terminal and waits for its end; its exit status, 128 + n after signal n.
    static func interactive(_ path: String, _ arguments: [String], environment: [String: String]) throws -> Int32 {
        var argv: [UnsafeMutablePointer<CChar>?] = ([path] + arguments).map { strdup($0) }
        var envp: [UnsafeMutablePointer<CChar>?] = environment.map { strdup("\($0.key)=\($0.value)") }
        argv.append(nil)
        envp.append(nil)
        defer { for text in argv + envp { free(text) } }
        var pid = pid_t()
        let code = posix_spawn(&pid, path, nil, nil, argv, envp)
        guard code == 0 else {
            throw CommandError(.unavailable, "can't run \(path): \(String(cString: strerror(code)))")
        }
        var status: Int32 = 0
        while waitpid(pid, &status, 0) < 0 {
            guard errno == EINTR else { throw CommandError(.internalError, "can't wait for \(path)") }
        }
        let signal = status & 0x7F
        return signal == 0 ? (status >> 8) & 0xFF : 128 + signal
    }
}
