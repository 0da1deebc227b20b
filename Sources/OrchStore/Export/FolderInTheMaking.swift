import Glibc

/// A folder that nobody sees under its name before it is whole.
struct FolderInTheMaking {
    /// Where it is made.
    let path: String
    private let target: String

    /// Makes a folder with the subfolder for artifacts, beside the place where it will be.
    ///
    /// - Throws: `StoreError.alreadyExists` when that place holds something.
    init(_ directory: String) throws(StoreError) {
        var target = directory
        while target.count > 1, target.hasSuffix("/") { target.removeLast() }
        guard let name = target.split(separator: "/").last, name != ".", name != ".." else {
            throw StoreError(
                .unwritable,
                "'\(directory)' is no name for a new folder: give one, as in `orch export --out backup`"
            )
        }
        try Self.checkEmpty(target)
        let parent = target.dropLast(name.count)
        let mark = String(UInt64.random(in: 0...UInt64.max), radix: 36)
        self.target = target
        path = "\(parent).\(name).orch-export-\(mark)"
        guard mkdir(path, 0o700) == 0 else { throw StoreError.system("make the folder", path) }
        guard mkdir(path + "/" + ExportFormat.artifacts, 0o700) == 0 else {
            let error = StoreError.system("make the folder", path + "/" + ExportFormat.artifacts)
            rmdir(path)
            throw error
        }
    }

    /// Gives the folder its name, when all of it is on the disk.
    func publish() throws(StoreError) {
        // One call for everything costs less than one for each of many thousand artifacts; on Linux it waits until all is written.
        Glibc.sync()
        try Self.sync(path)
        // Replaces an empty folder, and fails when somebody has put something into it meanwhile.
        guard rename(path, target) == 0 else {
            if errno == ENOTEMPTY || errno == EEXIST { throw Self.occupied(target) }
            throw StoreError.system("make the folder", target)
        }
        try Self.sync(target.contains("/") ? String(target[...(target.lastIndex(of: "/") ?? target.startIndex)]) : ".")
    }

    /// Removes what was made.
    ///
    /// Best effort: what is left has a name that says what it is.
    func discard() {
        for folder in [path + "/" + ExportFormat.artifacts, path] {
            guard let entries = opendir(folder) else { continue }
            while let entry = readdir(entries) {
                let name = withUnsafeBytes(of: entry.pointee.d_name) {
                    String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
                }
                if name != ".", name != ".." { unlink(folder + "/" + name) }
            }
            closedir(entries)
            rmdir(folder)
        }
    }

    /// Brings a folder to the disk.
    private static func sync(_ path: String) throws(StoreError) {
        let folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { throw StoreError.system("open", path) }
        defer { close(folder) }
        guard fsync(folder) == 0 else { throw StoreError.system("bring to the disk", path) }
    }

    private static func checkEmpty(_ target: String) throws(StoreError) {
        var status = stat()
        guard lstat(target, &status) == 0 else {
            guard errno == ENOENT else { throw StoreError.system("look at", target) }
            return
        }
        guard status.st_mode & S_IFMT == S_IFDIR else {
            throw StoreError(.alreadyExists, "\(target) exists and is no folder: name a new one")
        }
        guard let entries = opendir(target) else { throw StoreError.system("look into", target) }
        defer { closedir(entries) }
        var count = 0
        while readdir(entries) != nil { count += 1 }
        guard count <= 2 else { throw occupied(target) }  // "." and ".."
    }

    private static func occupied(_ target: String) -> StoreError {
        StoreError(.alreadyExists, "\(target) is not empty: an export goes into a new folder or an empty one")
    }
}
