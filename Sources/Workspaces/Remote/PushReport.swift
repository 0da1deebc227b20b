/// What `git push --porcelain` says of one branch.
struct PushReport: Sendable, Hashable {
    /// What became of it at one url; a remote may have several.
    enum Line: Sendable, Hashable {
        case pushed
        case upToDate
        /// This git refuses it, knowing what is there.
        case refusedHere(String)
        /// The remote refuses it.
        case refusedThere(String)
        /// The remote did not say what became of it.
        case unknown(String)
    }

    var lines: [Line]

    /// Reads the lines `flag TAB from:to TAB summary (reason)` of this branch.
    init(_ output: String, ref: String) {
        lines = output.split(separator: "\n").compactMap { line -> Line? in
            let parts = line.split(separator: "\t", maxSplits: 2, omittingEmptySubsequences: false)
            guard parts.count == 3, parts[0].count == 1, parts[1].hasSuffix(":" + ref) else { return nil }
            let summary = parts[2]
            let reason = summary.firstIndex(of: "(").map { String(summary[$0...].dropFirst().dropLast()) } ?? ""
            switch parts[0] {
            case " ", "*": return .pushed
            case "=": return .upToDate
            default:
                if summary.hasPrefix("[rejected]") { return .refusedHere(reason) }
                if summary.hasPrefix("[remote rejected]") { return .refusedThere(reason) }
                return .unknown(String(summary))
            }
        }
    }

    /// The worst of them, which counts: one that was refused is not pushed.
    var worst: Line? {
        lines.max { rank($0) < rank($1) }
    }

    private func rank(_ line: Line) -> Int {
        switch line {
        case .upToDate: 0
        case .pushed: 1
        case .unknown: 2
        case .refusedThere: 3
        case .refusedHere: 4
        }
    }
}

extension PushOutcome.Rejection {
    /// Why this git refuses a push.
    init(here reason: String) {
        let known = ["non-fast-forward", "fetch first", "needs force", "stale info", "already exists"]
        self = known.contains(reason) ? .nonFastForward : .other
    }

    /// Why a remote refuses a push; nil when it says of itself that it has a bad time.
    ///
    /// - Parameters:
    ///   - reason: what stands in the brackets.
    ///   - said: what the remote's hooks said beside it.
    init?(there reason: String, said: String) {
        let all = (reason + "\n" + said).lowercased()
        func has(_ words: String...) -> Bool { words.contains(where: all.contains) }
        if has("protected branch", "gh006", "gh013", "rule violations", "protected ref") {
            self = .protected
        } else if has("permission", "refusing to allow", "not allowed to", "denied to", "read-only", "read only") {
            self = .noPermission
        } else if has("hook declined", "push declined", "pre-receive") {
            self = .hookDeclined
        } else if has("non-fast-forward") {
            self = .nonFastForward
        } else if has("unpacker error", "internal server error", "failed to update ref", "failed to lock", "try again")
        {
            return nil
        } else {
            self = .other
        }
    }
}
