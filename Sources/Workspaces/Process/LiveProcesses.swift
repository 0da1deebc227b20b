import Glibc
import OrchCore

/// Which processes work on a folder, as `/proc` tells.
///
/// Processes of other users don't show what they do, and are passed over: the hub's own children and its agents are what is looked for.
enum LiveProcesses {
    /// Numbers of the processes that run in a folder, have a file of it open, or were given its path as an argument.
    ///
    /// - Parameters:
    ///   - folders: absolute paths without symbolic links.
    ///   - isProgram: tells by the name of a program's file whether it counts.
    /// - Returns: the numbers, without this process's own.
    static func working(on folders: [String], isProgram: (String) -> Bool = { _ in true }) -> [Int32] {
        let own = getpid()
        return Files.names(in: "/proc").compactMap { Int32($0) }.filter { pid in
            guard pid != own, let program = link("/proc/\(pid)/exe"), isProgram(baseName(program)) else { return false }
            return folders.contains { works(pid, on: $0) }
        }
    }

    /// Whether a program's name is git's or one of its parts'.
    static func isGit(_ name: String) -> Bool { name == "git" || name.hasPrefix("git-") }

    private static func works(_ pid: Int32, on folder: String) -> Bool {
        if let current = link("/proc/\(pid)/cwd"), contains(folder, current) { return true }
        // A process that ended meanwhile has no arguments and no files any more: it works on nothing.
        let arguments = (try? Files.read("/proc/\(pid)/cmdline", limit: 1 << 20)) ?? []
        if arguments.split(separator: 0).contains(where: { contains(folder, SafeText.utf8($0)) }) { return true }
        return Files.names(in: "/proc/\(pid)/fd").contains { name in
            link("/proc/\(pid)/fd/\(name)").map { contains(folder, $0) } ?? false
        }
    }

    private static func contains(_ folder: String, _ path: String) -> Bool {
        path == folder || path.hasPrefix(folder + "/")
    }

    private static func baseName(_ path: String) -> String {
        let name = path.split(separator: "/").last.map(String.init) ?? path
        // The file of a running program was replaced, as by an update: it is the same program.
        return name.hasSuffix(" (deleted)") ? String(name.dropLast(10)) : name
    }

    private static func link(_ path: String) -> String? {
        var buffer = [UInt8](repeating: 0, count: Int(PATH_MAX))
        let count = buffer.withUnsafeMutableBytes {
            $0.bindMemory(to: CChar.self).baseAddress.map { readlink(path, $0, Int(PATH_MAX)) } ?? 0
        }
        return count > 0 ? String(decoding: buffer[..<count], as: UTF8.self) : nil
    }
}
