import GitHub
import OrchCore

/// Makes the labels of the hub that a repository does not have; those that are there stay as they are.
struct LabelMaker {
    /// How often what failed for a while is begun anew; each time with a look at what is there.
    static let rounds = 3

    let client: GitHubClient
    let names: LabelNames

    /// Makes them; the names of those that were missing.
    func make() async throws(GitHubError) -> [String] {
        var made: [String] = []
        for round in 1...Self.rounds {
            do throws(GitHubError) {
                for label in HubLabel.missing(names, in: try await client.labels().map(\.name)) {
                    if try await client.createLabel(label.name, color: label.color, description: label.description) {
                        made.append(label.name)
                    }
                }
                return made
            } catch {
                guard error.isRetryable, round < Self.rounds else { throw error }
            }
        }
        return made
    }
}
