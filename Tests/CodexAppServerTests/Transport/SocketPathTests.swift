import CodexAppServer
import Foundation
import OrchTestSupport
import Testing

struct SocketPathTests {
    @Test func `the same folder has the same short path, another folder another`() throws {
        let runtime = try TemporaryDirectory()
        let environment = ["XDG_RUNTIME_DIR": runtime.path]
        let deep = "/" + String(repeating: "very-deep/", count: 100)
        let path = try SocketPath.make(for: deep, environment: environment)
        #expect(path == (try SocketPath.make(for: deep, environment: environment)))
        #expect(path != (try SocketPath.make(for: deep + "x", environment: environment)))
        #expect(path.hasPrefix(runtime.path + "/orch/"))
        #expect(path.utf8.count < 108)
        let attributes = try FileManager.default.attributesOfItem(atPath: runtime.file("orch"))
        #expect(attributes[.posixPermissions] as? Int == 0o700)
    }

    @Test func `without a runtime folder, or with one that is too deep, it lies in /tmp`() throws {
        let directory = try TemporaryDirectory()
        let deep = try directory.folder(String(repeating: "d", count: 90))
        for environment in [[:], ["XDG_RUNTIME_DIR": deep], ["XDG_RUNTIME_DIR": "/nowhere"]] {
            let path = try SocketPath.make(for: "/a", environment: environment)
            #expect(path.hasPrefix("/tmp/orch-"))
            #expect(path.hasSuffix(".sock"))
        }
    }

    @Test func `a link in the place of the folder is refused`() throws {
        let runtime = try TemporaryDirectory()
        try runtime.folder("elsewhere")
        try FileManager.default.createSymbolicLink(
            atPath: runtime.file("orch"),
            withDestinationPath: runtime.file("elsewhere")
        )
        let error = #expect(throws: AppServerError.self) {
            try SocketPath.make(for: "/a", environment: ["XDG_RUNTIME_DIR": runtime.path])
        }
        #expect(error?.code == .files)
    }
}
