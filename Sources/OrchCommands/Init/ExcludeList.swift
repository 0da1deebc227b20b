import Glibc
import OrchCore

/// Git's list of files to leave alone in this clone: `.git/info/exclude`.
struct ExcludeList {
    /// The repository's git folder.
    let gitFolder: String

    /// Adds the patterns that are missing, at the end; false when none was.
    func add(_ patterns: [String]) throws -> Bool {
        let path = gitFolder + "/info/exclude"
        let text = access(path, F_OK) == 0 ? SafeText.utf8(try FileBytes.read(path: path, limit: 1 << 20) ?? []) : ""
        let known = Set(text.split(whereSeparator: \.isNewline).map { $0.drop(while: { $0 == "/" }) })
        let missing = patterns.filter { !known.contains($0.drop(while: { $0 == "/" })) }
        guard !missing.isEmpty else { return false }
        guard mkdir(gitFolder + "/info", 0o777) == 0 || errno == EEXIST else { throw refused(gitFolder + "/info") }
        let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else { throw refused(path) }
        defer { close(descriptor) }
        let sink = DescriptorSink(descriptor)
        if !text.isEmpty, !text.hasSuffix("\n") { try sink.write("\n") }
        for pattern in missing { try sink.write(pattern + "\n") }
        try sink.flush()
        return true
    }

    private func refused(_ path: String) -> CommandError {
        CommandError(.cannotCreate, "can't write \(path): \(String(cString: strerror(errno)))")
    }
}
