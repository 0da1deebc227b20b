import Foundation
import Glibc

/// A mount namespace of its own: disks that are full, read-only or far away, for the programs that are run in it.
///
/// A process holds it; when this value ends, so do that process and the mounts.
final class OwnMounts {
    /// Whether this machine lets us mount; not within some containers.
    static let arePossible: Bool = {
        guard let directory = try? TemporaryFolder() else { return false }
        return (try? OwnMounts("mount -t tmpfs tmpfs '\(directory.path)'", log: directory.path + ".log")) != nil
    }()

    /// A user who is not root is root in a user namespace of the holder's.
    private static let isRoot = geteuid() == 0

    private let holder: Program

    /// Makes one by a script.
    ///
    /// - Parameters:
    ///   - script: what mounts, for a shell.
    ///   - log: where the script's words go.
    /// - Throws: `EndToEndError` when it does not work.
    init(_ script: String, log: String) throws {
        let user = Self.isRoot ? [] : ["--map-root-user"]
        holder = try Program(
            "/usr/bin/unshare",
            ["--mount"] + user + ["/bin/sh", "-c", "set -e\n\(script)\necho ready; exec sleep 600"],
            in: "/",
            environment: ["PATH": "/usr/sbin:/usr/bin:/sbin:/bin"],
            output: log,
            errors: log
        )
        let clock = ContinuousClock()
        let end = clock.now + .seconds(20)
        func said() -> String { (try? String(contentsOfFile: log, encoding: .utf8)) ?? "" }
        while !said().hasSuffix("ready\n") {
            guard holder.isRunning, clock.now < end else { throw EndToEndError("can't mount: \(said())") }
            usleep(5_000)
        }
    }

    /// The command line that runs a program here, in a folder.
    func command(_ path: String, _ arguments: [String], in folder: String) -> [String] {
        let user = Self.isRoot ? [] : ["--user", "--preserve-credentials"]
        return ["/usr/bin/nsenter", "--target", "\(holder.pid)", "--mount"] + user
            + ["/bin/sh", "-c", "cd \"$0\" && exec \"$@\"", folder, path] + arguments
    }
}

/// A folder that is gone with the value.
private final class TemporaryFolder {
    let path = FileManager.default.temporaryDirectory.path + "/orch-e2e-\(UUID())"

    init() throws { try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true) }

    deinit {
        for name in [path, path + ".log"] { try? FileManager.default.removeItem(atPath: name) }
    }
}
