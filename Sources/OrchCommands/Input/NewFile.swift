import Glibc

/// Writes a file whole or not at all, and never over another one unless that is wanted.
enum NewFile {
    /// Writes a new file.
    ///
    /// - Returns: false when there is one already, which stays as it is.
    /// - Throws: `CommandError` when it can't be written; nothing of it is left then.
    static func write(_ text: String, to path: String) throws -> Bool {
        guard access(path, F_OK) != 0 else { return false }
        let draft = try draft(text, beside: path)
        defer { unlink(draft) }
        if link(draft, path) == 0 { return true }
        switch errno {
        case EEXIST: return false
        case EPERM, EOPNOTSUPP, ENOSYS:
            // A file system without hard links: nobody else writes this file in the meantime.
            guard rename(draft, path) == 0 else { throw refused(path) }
            return true
        default: throw refused(path)
        }
    }

    /// Writes a file in the place of the one that is there.
    ///
    /// - Throws: `CommandError` when it can't be written; the old one stays then.
    static func replace(_ path: String, with text: String) throws {
        let draft = try draft(text, beside: path)
        guard rename(draft, path) == 0 else {
            let error = refused(path)
            unlink(draft)
            throw error
        }
    }

    /// The whole text on the disk, under another name.
    private static func draft(_ text: String, beside path: String) throws -> String {
        let draft = path + ".orch-\(getpid())"
        unlink(draft)  // one that a killed command left; whatever else is wrong with it, the next call tells
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw refused(path) }
        defer { close(descriptor) }
        do {
            let sink = DescriptorSink(descriptor)
            try sink.write(text)
            try sink.flush()
            guard fsync(descriptor) == 0 else { throw refused(path) }
        } catch {
            unlink(draft)
            throw error
        }
        return draft
    }

    private static func refused(_ path: String) -> CommandError {
        CommandError(.cannotCreate, "can't write \(path): \(String(cString: strerror(errno)))")
    }
}
