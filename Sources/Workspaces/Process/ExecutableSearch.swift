import Glibc

/// Finds a program as a shell would, along `PATH`.
package enum ExecutableSearch {
    /// The file of a program.
    ///
    /// Relative and empty parts of `PATH` are passed over: what is in the current folder may be an agent's.
    ///
    /// - Parameters:
    ///   - name: the program's name, or a path with a slash in it.
    ///   - path: the value of `PATH`.
    /// - Returns: the file, or nil.
    package static func find(_ name: String, path: String?) -> String? {
        if name.contains("/") { return isProgram(name) ? name : nil }
        for folder in (path ?? ProcessEnvironment.defaultPath).split(separator: ":") where folder.hasPrefix("/") {
            let file = "\(folder)/\(name)"
            if isProgram(file) { return file }
        }
        return nil
    }

    private static func isProgram(_ file: String) -> Bool {
        var status = stat()
        return stat(file, &status) == 0 && status.st_mode & S_IFMT == S_IFREG && access(file, X_OK) == 0
    }
}
