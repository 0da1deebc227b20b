import CLinux

#if canImport(Glibc)
import Glibc
#endif

/// Starting a program with nothing of ours but what is handed to it.
///
/// `posix_spawn`, since the hub has threads and must not fork: default signals, an empty signal mask, and no descriptor but 0, 1 and 2 (not the hub's
/// lock, database or sockets, even where someone forgot `O_CLOEXEC`).
struct Spawn {
    var executable: String
    var arguments: [String]
    var environment: [String: String]
    var folder: String
    /// Whether it leads a session, and so a process group, of its own: then the end of the hub's terminal or group does
    /// not reach it.
    var isDetached: Bool

    /// Starts it with these descriptors as its standard input, output and error.
    func run(input: Int32, output: Int32, error: Int32) throws(AppServerError) -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addchdir_np(&actions, folder)
        posix_spawn_file_actions_adddup2(&actions, input, 0)
        posix_spawn_file_actions_adddup2(&actions, output, 1)
        posix_spawn_file_actions_adddup2(&actions, error, 2)
        posix_spawn_file_actions_addclosefrom_np(&actions, 3)

        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var flags = Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK)
        if isDetached { flags |= orch_spawn_setsid }
        posix_spawnattr_setflags(&attributes, flags)
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        sigfillset(&signals)
        posix_spawnattr_setsigdefault(&attributes, &signals)

        let argv = CStrings([executable] + arguments)
        let envp = CStrings(environment.map { "\($0.key)=\($0.value)" }.sorted())
        var pid: pid_t = 0
        let code =
            argv.withPointer { argv in
                envp.withPointer { envp in posix_spawn(&pid, executable, &actions, &attributes, argv, envp) } ?? ENOMEM
            } ?? ENOMEM
        guard code == 0 else {
            throw AppServerError(.launch, "can't start \(executable) in \(folder): \(String(cString: strerror(code)))")
        }
        return pid
    }
}

/// A null-terminated array of C strings that lives as long as this value.
private final class CStrings {
    private let pointers: UnsafeMutableBufferPointer<UnsafeMutablePointer<CChar>?>

    init(_ strings: [String]) {
        pointers = .allocate(capacity: strings.count + 1)
        _ = pointers.initialize(from: strings.map { strdup($0) } + [nil])
    }

    deinit {
        for pointer in pointers { free(pointer) }
        pointers.deallocate()
    }

    /// The array, for a call during which this value is kept.
    func withPointer<T>(_ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> T) -> T? {
        withExtendedLifetime(self) { pointers.baseAddress.map(body) }
    }
}
