/// What git takes for a branch's name (git-check-ref-format), as far as a text alone tells.
enum BranchRules {
    /// Whether git would take it.
    static func isName(_ name: String) -> Bool {
        guard !name.hasPrefix("-"), name != "@", !name.contains(".."), !name.contains("@{"), !name.hasSuffix(".") else {
            return false
        }
        let forbidden: Set<Unicode.Scalar> = [" ", "~", "^", ":", "?", "*", "[", "\\", "\u{7F}"]
        guard name.unicodeScalars.allSatisfy({ $0.value > 0x20 && !forbidden.contains($0) }) else { return false }
        return name.split(separator: "/", omittingEmptySubsequences: false).allSatisfy {
            !$0.isEmpty && !$0.hasPrefix(".") && !$0.hasSuffix(".lock")
        }
    }
}
