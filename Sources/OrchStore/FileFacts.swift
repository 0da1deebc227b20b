import Glibc

/// What `lstat(2)` tells of a file, without following a link.
struct FileFacts {
    /// Permission bits.
    var permissions: UInt32
    /// The owner's user id.
    var owner: UInt32
    var size: Int
    /// Device and inode: the same for one file under several names.
    var identity: [UInt64]
    private var type: UInt32

    /// Nil when there is no such file or it is out of reach: `errno` says which.
    init?(_ path: String) {
        var info = stat()
        guard lstat(path, &info) == 0 else { return nil }
        self.init(info)
    }

    /// The facts of an open file.
    init?(descriptor: Int32) {
        var info = stat()
        guard fstat(descriptor, &info) == 0 else { return nil }
        self.init(info)
    }

    private init(_ info: stat) {
        permissions = info.st_mode & 0o7777
        owner = info.st_uid
        size = Int(info.st_size)
        identity = [UInt64(info.st_dev), UInt64(info.st_ino)]
        type = info.st_mode & S_IFMT
    }

    var isDirectory: Bool { type == S_IFDIR }
    var isRegular: Bool { type == S_IFREG }

    /// What it is, in words.
    var kind: String {
        switch type {
        case S_IFDIR: "a folder"
        case S_IFREG: "a file"
        case S_IFLNK: "a symbolic link"
        default: "a special file"
        }
    }

    /// The first bytes of a file as text; nil when it can't be read.
    ///
    /// Piece by piece: a file of `/proc` gives no more than some pages at once, and hardly any is as long as the limit.
    static func beginning(of path: String, bytes limit: Int) -> String? {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: min(limit, 16_384))
        while bytes.count < limit {
            let count = read(file, &piece, min(piece.count, limit - bytes.count))
            guard count >= 0 else { return nil }
            guard count > 0 else { break }
            bytes += piece.prefix(count)
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
