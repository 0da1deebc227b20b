import GitHub

extension EffectResult {
    /// What an error of GitHub means for its deed.
    ///
    /// What may pass, and what nobody knows of, is tried again, which begins with finding out; what GitHub refuses for good is not.
    init(_ error: GitHubError) {
        switch error.code {
        case .rateLimited, .unavailable, .server, .badAnswer, .unknownOutcome, .cancelled, .unauthorized, .conflict:
            self = .retry(reason: error.message)
        case .misconfigured, .forbidden, .notFound, .gone, .moved, .invalid, .locked, .archived:
            self = .failed(code: .refused, reason: error.message)
        }
    }
}
