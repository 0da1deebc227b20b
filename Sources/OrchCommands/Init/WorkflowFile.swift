import Glibc

/// The file with the settings and the prompt of a repository.
struct WorkflowFile {
    /// The main worktree's root.
    let repository: String

    /// Writes the template; false when there is a file already.
    func writeIfMissing() throws -> Bool {
        let path = repository + "/WORKFLOW.md"
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else {
            if errno == EEXIST { return false }
            throw CommandError(.cannotCreate, "can't write \(path): \(String(cString: strerror(errno)))")
        }
        defer { close(descriptor) }
        let sink = DescriptorSink(descriptor)
        try sink.write(Self.template)
        try sink.flush()
        return true
    }
}
