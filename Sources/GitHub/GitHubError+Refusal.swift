import OrchCore

extension GitHubError {
    /// Reads an answer that refuses; nil for one that does not, and for redirects of reads.
    ///
    /// Source: https://docs.github.com/en/rest/using-the-rest-api/troubleshooting-the-rest-api
    ///
    /// - Parameters:
    ///   - response: the answer.
    ///   - call: what was asked, for the message.
    ///   - isWrite: whether it may have changed something.
    init?(refusing response: HTTPResponse, _ call: String, isWrite: Bool) {
        let status = response.status
        guard status >= 400 || isWrite && status >= 300 || status < 200 else { return nil }
        let said = Said(response.body)
        let facts = RateFacts(response, wallMs: 0)
        let code = Self.code(facts, said, isWrite: isWrite)
        var message = "GitHub answered \(call) with \(status)"
        if !said.message.isEmpty { message += ": \(said.message)" }
        if code == .invalid, !said.fields.isEmpty {
            message += " (\(said.fields.prefix(5).map(\.words).joined(separator: "; ")))"
        }
        let accepted = response.header("x-accepted-github-permissions").map { SafeText.line(Clip.characters($0, 200)) }
        message += Self.advice(code, accepted: accepted, response)
        self.init(
            code,
            message,
            status: status,
            requestID: response.header("x-github-request-id").map { SafeText.line(Clip.characters($0, 100)) },
            acceptedPermissions: code == .forbidden ? accepted : nil,
            fields: code == .invalid ? said.fields : [],
            movedTo: code == .moved ? response.header("location") : nil
        )
    }

    /// Reads a failure of the way there.
    init(_ failure: TransportError, _ call: String, isWrite: Bool) {
        switch (failure.reason, failure.fate) {
        case (.cancelled, .notSent): self.init(.cancelled, "\(call): \(failure.message); it was not sent")
        case (.cancelled, .unknown) where !isWrite: self.init(.cancelled, "\(call): \(failure.message)")
        case (_, .notSent): self.init(.unavailable, "\(call): \(failure.message); it was not sent")
        case (.tooLarge, .unknown) where !isWrite, (.malformed, .unknown) where !isWrite:
            self.init(.badAnswer, "\(call): \(failure.message)")
        case (_, .unknown) where !isWrite: self.init(.unavailable, "\(call): \(failure.message)")
        case (_, .unknown): self.init(.unknownOutcome, "\(call): \(failure.message); whether it was done is not known")
        }
    }

    private static func code(_ facts: RateFacts, _ said: Said, isWrite: Bool) -> Code {
        if facts.isLimited { return .rateLimited }
        switch facts.status {
        case 301, 302, 303, 307, 308: return .moved
        case 400, 422: return .invalid
        case 401: return .unauthorized
        case 403: return forbidden(said)
        case 404: return .notFound
        case 409: return .conflict
        case 410: return .gone
        case 423: return .locked
        case 451: return .forbidden
        case 408: return isWrite ? .unknownOutcome : .server
        case 500...: return isWrite ? .unknownOutcome : .server
        default: return isWrite ? .unknownOutcome : .badAnswer
        }
    }

    /// What a 403 is about.
    ///
    /// Only the message tells an archived repository and a locked conversation from a lack of permission; all three are refusals for good.
    private static func forbidden(_ said: Said) -> Code {
        let words = said.message.lowercased()
        if words.contains("archived") { return .archived }
        if words.contains("is locked") || words.contains("conversation is locked") { return .locked }
        return .forbidden
    }

    private static func advice(_ code: Code, accepted: String?, _ response: HTTPResponse) -> String {
        switch code {
        case .forbidden:
            if let accepted, !accepted.isEmpty { return "; the token needs the permission \(accepted)" }
            if response.header("x-github-sso") != nil {
                return "; the organization wants the token to be authorized for its single sign-on"
            }
            return "; the token lacks a permission"
        case .notFound: return "; it does not exist, or the token may not see it"
        case .unauthorized: return "; the token is wrong, expired or revoked"
        case .unknownOutcome: return "; whether it was done is not known"
        default: return ""
        }
    }

    /// The body of a refusal.
    private struct Said {
        var message = ""
        var fields: [FieldError] = []

        init(_ body: [UInt8]) {
            // A body that is no JSON is some proxy's page; the status has said all there is.
            guard body.count <= 1 << 20, let json = try? JSONValue(parsing: body) else { return }
            message = SafeText.line(Clip.characters(json["message"]?.stringValue ?? "", 300))
            let errors = json["errors"]?.arrayValue ?? json["errors"].map { [$0] } ?? []
            fields = errors.prefix(50).compactMap(FieldError.init)
        }
    }
}
