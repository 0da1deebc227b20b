import FoundationEssentials
import Glibc

/// A folder of a test's own, which is gone with the value.
package final class TemporaryDirectory: Sendable {
    /// Its absolute path, without links.
    package let path: String

    /// Makes an empty folder, for its owner only.
    package init(_ name: String = "orch-test") throws {
        let root = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        var template = Array("\(root)/\(name)-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil, let resolved = realpath(template, nil) else {
            throw TestSupportError(description: "can't make a folder in \(root): \(String(cString: strerror(errno)))")
        }
        defer { free(resolved) }
        path = String(cString: resolved)
    }

    deinit {
        // A folder that stays behind is no failure of the test that made it.
        try? FileManager.default.removeItem(atPath: path)
    }

    /// The path of something inside.
    package func file(_ name: String) -> String { "\(path)/\(name)" }

    /// Makes a folder inside, with those above it; its path.
    @discardableResult
    package func folder(_ name: String) throws -> String {
        try FileManager.default.createDirectory(atPath: file(name), withIntermediateDirectories: true)
        return file(name)
    }

    /// Writes a text file inside, with the folders above it; its path.
    @discardableResult
    package func write(_ name: String, _ text: String) throws -> String {
        if let slash = name.lastIndex(of: "/") { try folder(String(name[..<slash])) }
        guard FileManager.default.createFile(atPath: file(name), contents: Data(text.utf8)) else {
            throw TestSupportError(description: "can't write \(file(name))")
        }
        return file(name)
    }

    /// Reads a text file inside.
    package func read(_ name: String) throws -> String {
        guard let data = FileManager.default.contents(atPath: file(name)) else {
            throw TestSupportError(description: "can't read \(file(name))")
        }
        return String(decoding: data, as: UTF8.self)
    }

    /// The names of what is in a folder inside, sorted.
    package func list(_ name: String = ".") throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: file(name)).sorted()
    }
}

/// What went wrong in preparing a test.
package struct TestSupportError: Error, CustomStringConvertible {
    package var description: String

    package init(description: String) {
        self.description = description
    }
}
