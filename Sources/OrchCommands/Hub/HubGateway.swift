import Hub
import OrchCore
import OrchStore

/// Hands commands to the hub: to the running daemon, or, where none is needed, done here under the hub's lock.
struct HubGateway {
    /// The project's folder.
    let folder: OrchFolder
    /// The environment's variables, for the repository's settings.
    let environment: [String: String]
    /// Where a note goes when a command has to wait for a daemon.
    let output: Output

    /// Has a command done; its answer, or nil when it waits for a daemon to start (a note says so).
    func perform(_ kind: String, _ payload: JSONValue, limit: Duration) async throws -> JSONValue? {
        let client = CommandClient(folder: folder, environment: environment)
        switch try await client.perform(kind, payload, source: "cli", limit: limit) {
        case .done(let answer): return answer
        case .queued(_, let note):
            output.note("Note: \(SafeText.block(note))")
            return nil
        }
    }
}
