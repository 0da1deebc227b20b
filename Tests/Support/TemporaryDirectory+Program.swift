import Foundation
import Glibc

extension TemporaryDirectory {
    /// Writes an executable file inside; its path.
    @discardableResult
    package func program(_ name: String, _ text: String) throws -> String {
        try Self.install(text, at: file(name))
        return file(name)
    }

    /// Writes an executable file.
    ///
    /// A child of its own writes it: while this process has it open for writing, a fork of another test might hold it a moment longer, and
    /// running it would fail with "text file busy".
    package static func install(_ text: String, at path: String) throws {
        let source = path + ".source"
        try Data(text.utf8).write(to: URL(filePath: source))
        defer { unlink(source) }
        let arguments: [String] = ["install", "-m", "755", source, path]
        var words: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
        defer { for word in words { free(word) } }
        var child: pid_t = 0
        guard posix_spawn(&child, "/usr/bin/install", nil, nil, &words, environ) == 0 else {
            throw TestSupportError(description: "can't start install")
        }
        var status: Int32 = 0
        while waitpid(child, &status, 0) < 0 {
            guard errno == EINTR else { throw TestSupportError(description: "install can't be waited for") }
        }
        guard status == 0 else { throw TestSupportError(description: "install ended with status \(status)") }
    }
}
