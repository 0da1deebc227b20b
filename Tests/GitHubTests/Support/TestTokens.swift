import Synchronization

@testable import GitHub

/// Tokens from a list: each refusal moves on to the next.
final class TestTokens: TokenSource {
    private let state: Mutex<(tokens: [String], asked: [String?])>

    init(_ tokens: [String] = ["token-1"]) {
        state = Mutex((tokens, []))
    }

    /// With which refused token it was asked each time.
    var asked: [String?] { state.withLock { $0.asked } }

    func token(insteadOf refused: String?) async throws(GitHubError) -> String {
        let token: String? = state.withLock { state in
            state.asked.append(refused)
            if let refused, state.tokens.first == refused { state.tokens.removeFirst() }
            return state.tokens.first
        }
        guard let token else { throw GitHubError(.unauthorized, "there is no other token") }
        return token
    }
}
