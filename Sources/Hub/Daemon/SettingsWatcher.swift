import Glibc
package import Logging
import Settings
import Synchronization
import Workspaces

/// Reads the settings again when the base branch has a new commit.
///
/// Wrong ones leave the last good ones in force, and say so, until they are right again.
package final class SettingsWatcher: Sendable {
    private let reader: SettingsReader
    private let gitDir: String
    private let box: SettingsBox
    private let inbox: Inbox
    private let logger: Logger
    private let seen: Mutex<Seen>

    private struct Seen {
        var reading: SettingsReader.Reading
        var files: [String]
        /// The commit whose settings were wrong, so that they are complained of once.
        var wrong: String?
    }

    /// A watcher that knows what was read at the start.
    package init(
        _ reader: SettingsReader,
        started: SettingsReader.Reading,
        gitDir: String,
        box: SettingsBox,
        inbox: Inbox,
        logger: Logger
    ) {
        self.reader = reader
        self.gitDir = gitDir
        self.box = box
        self.inbox = inbox
        self.logger = logger
        seen = Mutex(Seen(reading: started, files: []))
    }

    /// Looks once; git is only asked when the branch's files changed.
    @Sendable
    package func look() async {
        let (reading, files) = seen.withLock { ($0.reading, $0.files) }
        let now = fingerprints(of: reading.baseBranch)
        guard now != files else { return }
        do {
            let commit = try await reader.commit(of: reading.baseBranch)
            let wrong = seen.withLock { seen in
                seen.files = now
                return seen.wrong
            }
            // A branch may be set back to the commit that is in force.
            guard let commit, commit != wrong, commit != reading.commit || wrong != nil else { return }
            await take(commit, of: reading.baseBranch)
        } catch {
            // Git could not be asked: the files look changed the next time, too.
            logger.warning("the base branch could not be looked at", metadata: ["error": "\(error)"])
        }
    }

    private func take(_ commit: String, of branch: String) async {
        do {
            let new = try await reader.read(at: branch)
            let (old, wasWrong) = seen.withLock { seen in
                defer {
                    seen.reading = new
                    seen.wrong = nil
                }
                return (seen.reading, seen.wrong != nil)
            }
            guard new.settings != old.settings else {
                if wasWrong { await inbox.send([.settingsValid]) }
                return
            }
            box.set(new.settings)
            await inbox.send([.settingsChanged(new.settings)])
        } catch let error as SettingsError {
            seen.withLock { $0.wrong = commit }
            await inbox.send([.settingsInvalid(error.message)])
        } catch {
            logger.warning("the settings could not be read", metadata: ["error": "\(error)"])
        }
    }

    /// What tells that a branch may have moved: the times and sizes of the files that can hold it.
    private func fingerprints(of branch: String) -> [String] {
        ["refs/heads/" + branch, "packed-refs"].map { name in
            var info = stat()
            guard stat(gitDir + "/" + name, &info) == 0 else { return "none" }
            return "\(info.st_ino) \(info.st_size) \(info.st_mtim.tv_sec) \(info.st_mtim.tv_nsec)"
        }
    }
}
