import Glibc
import Testing

@testable import OrchCommands

/// A terminal that sends keys, and then lines again.
@Suite struct TerminalModeTests {
    /// Both ends of a terminal of its own.
    private func terminal() throws -> (master: Int32, terminal: Int32) {
        var (master, end): (Int32, Int32) = (-1, -1)
        try #require(openpty(&master, &end, nil, nil, nil) == 0)
        for descriptor in [master, end] { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
        return (master, end)
    }

    private func local(_ descriptor: Int32) -> tcflag_t {
        var now = termios()
        return tcgetattr(descriptor, &now) == 0 ? now.c_lflag & tcflag_t(ICANON | ECHO | ISIG) : 0
    }

    @Test func `keys come one by one until the mode is given back, also after a shell took it away`() throws {
        let (master, end) = try terminal()
        defer {
            close(master)
            close(end)
        }
        let usual = local(end)
        try #require(usual == tcflag_t(ICANON | ECHO | ISIG))
        var before = termios()
        try #require(tcgetattr(end, &before) == 0)
        do {
            let mode = TerminalMode(end)
            #expect(mode.takeKeys() && local(end) == tcflag_t(ISIG))
            #expect(!mode.takeKeys())
            // What a shell does after Ctrl-Z.
            try #require(tcsetattr(end, TCSANOW, &before) == 0)
            #expect(mode.takeKeys() && local(end) == tcflag_t(ISIG))
            mode.giveBack()
            #expect(local(end) == usual)
            #expect(mode.takeKeys())
        }
        // Nothing is left in that mode, whatever ends the session.
        #expect(local(end) == usual)
    }

    @Test func `what is no terminal is left alone`() throws {
        let null = open("/dev/null", O_RDWR | O_CLOEXEC)
        defer { close(null) }
        #expect(!TerminalMode(null).takeKeys())
    }
}
