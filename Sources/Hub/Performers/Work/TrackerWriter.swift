import Trackers

/// `issue.labels` and `issue.comment`.
struct TrackerWriter {
    private let context: PerformerContext

    init(_ context: PerformerContext) {
        self.context = context
    }

    func perform(_ it: Effect.SetLabels) async -> EffectResult {
        do { return .done(.labels(observed: try await context.tracker.showLabels(issue: it.issue))) } catch {
            return Self.result(error)
        }
    }

    func perform(_ it: Effect.PostComment) async -> EffectResult {
        do {
            return .done(
                .comment(id: try await context.tracker.postComment(issue: it.issue, body: it.body, marker: it.marker))
            )
        } catch {
            return Self.result(error)
        }
    }

    private static func result(_ error: TrackerError) -> EffectResult {
        switch error.code {
        case .unavailable: .retry(reason: error.message)
        case .notFound, .refused: .failed(code: .other, reason: error.message)
        }
    }
}
