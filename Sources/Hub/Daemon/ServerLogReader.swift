import CodexAppServer
package import OrchCore
import Synchronization

/// Feeds what the app-server writes to its standard error into the hub.
package final class ServerLogReader: Sendable {
    /// What the lines are filed under.
    static let source = "app-server"

    private let log: Mutex<AppServerLog>
    private let redaction: Redaction
    private let inbox: Inbox

    /// A reader from the log's present end on.
    package init(path: String, redaction: Redaction, inbox: Inbox) {
        log = Mutex(AppServerLog(path: path))
        self.redaction = redaction
        self.inbox = inbox
    }

    /// Passes on what is new.
    @Sendable
    package func look() async {
        while true {
            let lines = log.withLock { $0.poll(maxLines: 200) }
            guard !lines.isEmpty else { return }
            // Secrets don't get into the database, whoever wrote them (I10).
            await inbox.send([.stderr(source: Self.source, lines: lines.map { SafeText.line(redaction.redact($0)) })])
        }
    }
}
