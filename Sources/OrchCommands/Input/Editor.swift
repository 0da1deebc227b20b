import Glibc

/// Lets a person write text in their editor, as git does.
enum Editor {
    /// The editor's command line: `VISUAL`, else `EDITOR`; nil when neither is set.
    static func command(_ context: Context) -> String? {
        context.variable("VISUAL") ?? context.variable("EDITOR")
    }

    /// Opens the editor on `template`; what was written, or nil when it was left as it was or emptied.
    static func write(template: String, command: String, _ context: Context) throws -> String? {
        let path = try temporaryFile(template, folder: context.variable("TMPDIR") ?? "/tmp")
        defer { unlink(path) }
        // Through a shell, since EDITOR may hold arguments: `code --wait`. The file's name is an argument, never part of the script.
        let status = try Program.interactive(
            "/bin/sh",
            ["-c", command + " \"$1\"", "orch", path],
            environment: context.environment
        )
        guard status == 0 else {
            throw CommandError(.refused, "the editor (\(command)) ended with status \(status); nothing was filed")
        }
        let bytes = try FileBytes.read(path: path, limit: TextChecks.bodyLimit)
        guard let bytes else { throw TextChecks.tooLong("the text") }
        let text = try TextChecks.body(bytes, name: "the text", note: context.output.note)
        let isEmpty = text.allSatisfy(\.isWhitespace)
        return isEmpty || text == template ? nil : text
    }

    private static func temporaryFile(_ text: String, folder: String) throws -> String {
        var name = Array("\(folder)/orch-XXXXXX.md".utf8CString)
        // mkstemps makes the file 0600 and new: nobody can have put a link there.
        let descriptor = mkstemps(&name, 3)
        guard descriptor >= 0 else {
            throw CommandError(.cannotCreate, "can't make a file in \(folder): \(String(cString: strerror(errno)))")
        }
        let sink = DescriptorSink(descriptor)
        defer { close(descriptor) }
        try sink.write(text)
        try sink.flush()
        return name.withUnsafeBufferPointer { buffer in
            String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        }
    }
}
