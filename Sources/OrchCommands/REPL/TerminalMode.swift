import Glibc

/// Whether the terminal sends each key as it is pressed, or whole lines after showing and mending them by itself.
///
/// Ctrl-C and Ctrl-Z stay signals, and lines still end as lines.
package final class TerminalMode {
    private let descriptor: Int32
    /// How it was before.
    private var usual: termios?

    /// The mode of a terminal; of anything else, nothing is changed.
    init(_ descriptor: Int32) {
        self.descriptor = descriptor
    }

    deinit { giveBack() }

    /// Has each key sent; true when it was not so before, also when somebody else (a shell, after Ctrl-Z) put the usual mode back.
    func takeKeys() -> Bool {
        var now = termios()
        guard tcgetattr(descriptor, &now) == 0, now.c_lflag & tcflag_t(ICANON) != 0 else { return false }
        if usual == nil { usual = now }
        now.c_lflag &= ~tcflag_t(ICANON | ECHO | IEXTEN)
        withUnsafeMutableBytes(of: &now.c_cc) { characters in
            characters[Int(VMIN)] = 1
            characters[Int(VTIME)] = 0
            // Else Ctrl-\ would end orch and leave the terminal so.
            characters[Int(VQUIT)] = 0
        }
        return tcsetattr(descriptor, TCSADRAIN, &now) == 0
    }

    /// Puts the mode back that was there before.
    func giveBack() {
        guard var usual else { return }
        self.usual = nil
        tcsetattr(descriptor, TCSADRAIN, &usual)
    }
}
