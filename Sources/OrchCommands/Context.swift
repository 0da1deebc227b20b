import Glibc
import OrchCore

/// What a command gets from outside: everything that it may read or write besides the project's folder.
///
/// Built once, by `Context.live`, and by tests with sinks that keep what is written.
package struct Context {
    /// The environment's variables.
    package var environment: [String: String]
    /// The current folder, absolute.
    package var directory: String
    /// This very program's file: what `orch demo` starts as the daemon.
    package var executable: String
    /// Standard input.
    package var input: any InputSource
    /// Standard output and standard error.
    package var output: Output
    /// The wall clock, in milliseconds since 1970 UTC.
    package var nowMs: @Sendable () -> Int64

    /// A context of these parts.
    package init(
        environment: [String: String],
        directory: String,
        executable: String,
        input: any InputSource,
        output: Output,
        nowMs: @escaping @Sendable () -> Int64
    ) {
        self.environment = environment
        self.directory = directory
        self.executable = executable
        self.input = input
        self.output = output
        self.nowMs = nowMs
    }

    /// A variable that is set and not empty.
    func variable(_ name: String) -> String? {
        guard let value = environment[name], !value.isEmpty else { return nil }
        return value
    }

    /// Who acts, for authors of issues and comments and for who decided an approval.
    var person: String {
        let name =
            variable("ORCH_AUTHOR") ?? variable("GIT_AUTHOR_NAME") ?? variable("USER") ?? variable("LOGNAME")
            ?? Self.loginName ?? "somebody"
        return String(SafeText.line(name).prefix(100))
    }

    /// The name of the account that the process runs under: containers and services often have no USER.
    private static var loginName: String? {
        var entry = passwd()
        var found: UnsafeMutablePointer<passwd>?
        var buffer = [CChar](repeating: 0, count: 4_096)
        guard getpwuid_r(geteuid(), &entry, &buffer, buffer.count, &found) == 0, found != nil, let name = entry.pw_name
        else { return nil }
        return String(cString: name)
    }

    /// An absolute path for what a person typed.
    func absolute(_ path: String) -> String {
        if path == "~" || path.hasPrefix("~/"), let home = variable("HOME") { return home + path.dropFirst() }
        if path.hasPrefix("/") { return path }
        return path == "." || path.isEmpty ? directory : directory + "/" + path
    }
}
