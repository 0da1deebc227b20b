import Foundation

/// Processes of this machine that have to do with a folder.
enum LiveProcesses {
    /// Those whose arguments or environment name a path: daemons, app-servers and what they started.
    static func naming(_ path: String) -> [pid_t] {
        let bytes = Data(path.utf8)
        return all.filter { pid in
            ["cmdline", "environ"].contains { name in
                // One that ends meanwhile has no such file any more.
                (try? Data(contentsOf: URL(filePath: "/proc/\(pid)/\(name)")))?.range(of: bytes) != nil
            }
        }
    }

    /// Those whose current folder is a folder or below it.
    static func working(in folder: String) -> [pid_t] {
        all.filter { pid in
            guard let place = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(pid)/cwd") else {
                return false  // it ended meanwhile
            }
            return place == folder || place.hasPrefix(folder + "/")
        }
    }

    /// All but this one.
    private static var all: [pid_t] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return names.compactMap { pid_t($0) }.filter { $0 != getpid() }
    }
}
