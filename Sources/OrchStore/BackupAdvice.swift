import Glibc

/// What to do about a database that can't be used: which copies of it there are.
package enum BackupAdvice {
    /// Words that follow "…:", naming the newest backup that lies beside a database.
    package static func words(for database: String) -> String {
        guard database.hasPrefix("/") else {
            return "restore a backup (\(database).backup-…), if there is one, or an export"
        }
        guard let newest = backups(of: database).last else {
            return
                "there is no backup beside it (one is made before a migration); an export can be imported in its place"
        }
        return "put the backup \(newest) in its place, or import an export"
    }

    /// The backups of a database, oldest first.
    package static func backups(of database: String) -> [String] {
        guard let slash = database.lastIndex(of: "/"), let folder = opendir(String(database[..<slash])) else {
            return []
        }
        defer { closedir(folder) }
        let prefix = database[database.index(after: slash)...] + ".backup-"
        var names: [String] = []
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { tuple in
                tuple.withMemoryRebound(to: CChar.self, capacity: MemoryLayout.size(ofValue: tuple.pointee)) {
                    String(cString: $0)
                }
            }
            if name.hasPrefix(prefix), !name.hasSuffix(".partial") { names.append(name) }
        }
        // The name ends with the time; versions only grow.
        return names.sorted { time(of: $0) < time(of: $1) }.map { String(database[...slash]) + $0 }
    }

    private static func time(of name: String) -> Substring {
        name.lastIndex(of: "-").map { name[$0...] } ?? name[...]
    }
}
