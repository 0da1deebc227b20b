import OrchStore
import OrchTestSupport
import Testing

struct FileSystemKindTests {
    private let mounts = """
        22 1 0:20 / / rw,relatime - ext4 /dev/vda rw
        23 22 0:21 / /home rw shared:1 - nfs4 server:/home rw
        24 23 0:22 / /home/me/fast\\040disk ro,noatime - xfs /dev/vdb rw
        25 22 0:23 / /mnt/ssh rw - fuse.sshfs me@there: rw
        26 22 0:24 / /mnt/old rw - ext4 /dev/vdc rw
        27 22 0:25 / /mnt/old rw - cifs //server/share rw
        nonsense
        """

    @Test(arguments: [
        ("/home/me/repo", "nfs4"), ("/home", "nfs4"), ("/home/me/fast disk/repo", "xfs"), ("/homework", "ext4"),
        ("/", "ext4"),
        ("/mnt/old/x", "cifs"), ("/mnt/ssh/repo/.orch", "fuse.sshfs"),
    ])
    func `The file system of a path is that of its longest and latest mount`(path: String, type: String) {
        #expect(FileSystemKind.facts(of: path, mountInfo: mounts).type == type)
    }

    @Test func `A read-only mount is told`() {
        #expect(FileSystemKind.facts(of: "/home/me/fast disk/a", mountInfo: mounts).isReadOnly)
        #expect(!FileSystemKind.facts(of: "/a", mountInfo: mounts).isReadOnly)
        #expect(FileSystemKind.facts(of: "/a", mountInfo: "").type == nil)
    }

    @Test(arguments: [
        "nfs", "nfs4", "cifs", "smb3", "9p", "lustre", "gpfs", "ceph", "fuse.sshfs", "fuse.anything", "fuse",
        "virtiofs",
    ])
    func `Refused`(type: String) {
        #expect(FileSystemKind.refusal(.init(type: type)) != nil)
    }

    @Test(arguments: ["ext4", "xfs", "btrfs", "zfs", "tmpfs", "overlay", "fuseblk", "fuse.fuse-overlayfs", nil])
    func `Taken`(type: String?) {
        #expect(FileSystemKind.refusal(.init(type: type)) == nil)
    }

    @Test func `This machine's own temporary folder is known and local`() throws {
        let directory = try TemporaryDirectory()
        let facts = try FileSystemKind.facts(at: directory.path)
        #expect(facts.type != nil)
        #expect(FileSystemKind.refusal(facts) == nil)
        withExtendedLifetime(directory) {}
    }
}
