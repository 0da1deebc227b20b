package import OrchCore
import OrchStore
package import SQLite
package import Settings

/// The hub: takes inputs, one transaction each, and says what is to be done on the world.
///
/// Everything that must survive is in the database; what is kept here is what a new daemon finds out anew: the epoch that it got, the
/// connection that it holds, and when it last charged for work. Not `Sendable`: it lives on one thread, with its connection.
package final class Hub {
    /// What comes from outside besides inputs.
    package struct Environment {
        /// A new unique id for a turn.
        package var makeID: () -> String
        /// A random number in 0..<1, for jitter.
        package var unitRandom: () -> Double
        package var pid: Int64
        package var host: String
        package var version: String
        package var repository: String
        package var baseBranch: String
        package var appServerMode: String
        package var socketPath: String?
        /// What an app-server of now would be started with, as a hash; nil when that is not known.
        package var fingerprint: String?
        /// Takes secrets out of what comes in.
        package var redaction: Redaction

        /// An environment.
        package init(
            makeID: @escaping () -> String,
            unitRandom: @escaping () -> Double,
            pid: Int64,
            host: String,
            version: String,
            repository: String,
            baseBranch: String,
            appServerMode: String,
            socketPath: String?,
            fingerprint: String? = nil,
            redaction: Redaction = Redaction()
        ) {
            self.makeID = makeID
            self.unitRandom = unitRandom
            self.pid = pid
            self.host = host
            self.version = version
            self.repository = repository
            self.baseBranch = baseBranch
            self.appServerMode = appServerMode
            self.socketPath = socketPath
            self.fingerprint = fingerprint
            self.redaction = redaction
        }
    }

    /// The connection to the app-server, as the hub knows it.
    struct Link {
        var server: Int64
        /// Conversations whose history was read since this connection was made: only these get messages.
        var synced: Set<Int64> = []
        /// Why the server is to be ended when its turns are over, and since when; it gets no new ones.
        var leaving: (reason: String, sinceMs: Int64)?
    }

    let db: Connection
    let tables: HubTables
    let environment: Environment
    var settings: HubSettings
    var now: Moment
    var epoch: Int64 = 0
    var link: Link?
    var lastCharge: Moment?
    var lastBeatMs: Int64 = 0
    /// Something changed that may let an issue start.
    var mustSchedule = true
    /// A message may be sendable.
    var mustDispatch = true
    /// Requests of the server that asked for its end.
    var isStopping = false
    /// The hub is to stop when the app-server's turns are over, and with it the server.
    var isStoppingAll = false
    /// Issues whose status comment is to be looked at.
    var statusDue: Set<Int> = []
    /// When waiting feedback on a pull request is given: a while after the newest, so that a review is given whole.
    var feedbackDueMs: [Int: Int64] = [:]
    /// When the status of working agents is looked at again.
    var nextStatusLookMs: Int64 = 0
    /// Counts status comments, for keys that must be new for each.
    var statusCount = 0
    /// Counts connections and reads of threads, for keys that must be new for each.
    var connections = 0
    /// Counts answers, for the same reason.
    var answers = 0
    /// Counts changes of labels, for the same reason.
    var labelFlips = 0
    /// A person wants the digest now.
    var mustDigest = false
    /// A turn runs: the hub charges more often than when it idles.
    var isWorking = false
    /// When idle agents are looked at again.
    var nextIdleCheckMs: Int64 = 0
    /// When the account's tightest limit resets, as Codex last told.
    var lastResetsAtMs: Int64?
    /// The limits last recorded, so that only changes are.
    var lastLimits: String?

    /// A hub on an open, migrated database.
    ///
    /// `step([.started])` begins its epoch.
    package init(db: Connection, settings: HubSettings, environment: Environment, now: Moment) {
        self.db = db
        tables = HubTables(db)
        self.settings = settings
        self.environment = environment
        self.now = now
    }

    var nowMs: Int64 { now.wallMs }
}
