/// Why GitHub did not do, or did not say, what it was asked.
///
/// Thrown by everything in this module. `code` tells what follows:
/// - the same may be asked again later: `rateLimited` (not before `retryAfterMs`), `unavailable`, `server`, `badAnswer`;
/// - nobody knows whether it was done, so look before asking again: `unknownOutcome`, which only writes have;
/// - a person has to act: `misconfigured`, `unauthorized`, `forbidden`, `archived`, `moved`;
/// - this one thing can't be had: `notFound`, `gone`, `locked`, `invalid`, `conflict`;
/// - nobody wants the answer any more: `cancelled`.
package struct GitHubError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kinds of failure; a new one is a compile error where it matters.
    package enum Code: String, Sendable, Hashable, CaseIterable {
        /// A setting, flag, variable or name can't be right: nothing was sent.
        case misconfigured
        /// There is no token, or GitHub refuses it (401), also after it was read anew.
        case unauthorized
        /// The token may not do this (403): `acceptedPermissions` says what it lacks.
        case forbidden
        /// There is no such thing, or the token may not see it (404).
        case notFound = "not_found"
        /// It was there and is deleted, or the feature is switched off (410).
        case gone
        /// It is at another place now (301, 308): `movedTo`.
        case moved
        /// GitHub refuses what was sent (400, 422): `fields`.
        case invalid
        /// It is not in a state that allows this (409).
        case conflict
        /// The conversation is locked.
        case locked
        /// The repository is archived, and so read-only.
        case archived
        /// A limit on requests is reached: surely not done; `retryAfterMs` says when to ask again.
        case rateLimited = "rate_limited"
        /// GitHub has an error of its own (5xx); only reads: a write is then an `unknownOutcome`.
        case server
        /// GitHub can't be reached: surely not done.
        case unavailable
        /// A write was sent, and no answer says what became of it.
        case unknownOutcome = "unknown_outcome"
        /// The answer is not GitHub's: HTML, cut JSON, a foreign link; only reads.
        case badAnswer = "bad_answer"
        /// Whoever asked does not want the answer any more; a write may have been done if it says `unknownOutcome` instead.
        case cancelled
    }

    /// What kind of failure.
    package var code: Code
    /// What happened, where, and what to do.
    package var message: String
    /// The status of the answer, if there was one.
    package var status: Int?
    /// GitHub's number of the request, which its support asks for.
    package var requestID: String?
    /// What permissions the token should have, as `X-Accepted-GitHub-Permissions` says: `issues=write`.
    package var acceptedPermissions: String?
    /// What is wrong with what was sent, for `invalid`.
    package var fields: [FieldError]
    /// Where it is now, for `moved`.
    package var movedTo: String?
    /// How long to wait before anything is asked again, for `rateLimited`, and for `unavailable` when nothing was tried.
    package var retryAfterMs: Int64?

    /// An error.
    package init(
        _ code: Code,
        _ message: String,
        status: Int? = nil,
        requestID: String? = nil,
        acceptedPermissions: String? = nil,
        fields: [FieldError] = [],
        movedTo: String? = nil,
        retryAfterMs: Int64? = nil
    ) {
        self.code = code
        self.message = message
        self.status = status
        self.requestID = requestID
        self.acceptedPermissions = acceptedPermissions
        self.fields = fields
        self.movedTo = movedTo
        self.retryAfterMs = retryAfterMs
    }

    /// The message.
    package var description: String { message }

    /// Whether the same, asked again later, may succeed without a person doing anything.
    package var isRetryable: Bool {
        switch code {
        case .rateLimited, .server, .unavailable, .unknownOutcome, .badAnswer: true
        case .misconfigured, .unauthorized, .forbidden, .notFound, .gone, .moved, .invalid, .conflict, .locked,
            .archived,
            .cancelled:
            false
        }
    }

    /// Whether it may have been done all the same, so that one has to look before asking again.
    package var mayHaveHappened: Bool { code == .unknownOutcome }
}
