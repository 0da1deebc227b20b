/// Refuses what makes no sense where the issues are at GitHub, and names what does.
enum GitHubTracked {
    /// Refuses a change that only GitHub can make.
    ///
    /// - Parameters:
    ///   - what: what is refused, as a sentence begins: "orch files no issues".
    ///   - command: the `gh` command without the repository: words that a shell takes as they stand.
    ///   - place: which project.
    ///   - context: the command's.
    /// - Throws: `CommandError` where the issues are at GitHub; what finding that out throws.
    static func refuse(
        _ what: String,
        gh command: [String],
        _ place: some PlaceNaming,
        _ context: Context
    ) async throws {
        // A project without a hub has no issues of GitHub's either, and that is what is told then.
        if command[2] != "create" { _ = try place.folder(context) }
        guard case .gitHub(let name) = try await TrackerInUse.find(place, context) else { return }
        let words = command + (name.map { ["--repo", $0] } ?? [])
        throw CommandError(
            .refused,
            "the issues are at GitHub\(name.map { " (\($0))" } ?? ""), and \(what)",
            hint: "change them there: \(words.map(ShellWord.quoted).joined(separator: " "))"
        )
    }
}

/// Words for a shell.
enum ShellWord {
    /// A word that a POSIX shell reads as it is meant.
    static func quoted(_ word: String) -> String {
        let isPlain = word.utf8.allSatisfy { byte in
            (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                || "-._/:=@%+,#".utf8.contains(byte)
        }
        if isPlain, !word.isEmpty, !word.hasPrefix("#") { return word }
        return "'" + word.replacing("'", with: "'\\''") + "'"
    }
}
