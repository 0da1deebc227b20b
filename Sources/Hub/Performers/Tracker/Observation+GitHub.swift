import GitHub
import OrchCore

extension Observation.PullSeen {
    /// A pull request as GitHub lists it.
    init(_ pull: GHPull) {
        self.init(
            number: pull.number,
            branch: pull.head.ref,
            url: pull.url,
            state: pull.isMerged ? "merged" : pull.state.rawValue,
            isDraft: pull.isDraft,
            head: pull.head.sha,
            base: pull.base.ref,
            baseSHA: pull.base.sha,
            mergeCommit: pull.isMerged ? pull.mergeCommit : nil,
            updatedAt: pull.updatedAt.text,
            hasConflict: pull.isMergeable.map { !$0 }
        )
    }
}

extension Observation.IssueSeen {
    /// An issue as GitHub lists it.
    init(_ issue: GHIssue) {
        self.init(
            number: issue.number,
            remoteID: issue.id,
            url: issue.url,
            title: issue.title,
            body: issue.body,
            author: issue.author.login,
            isOpen: issue.state == .open,
            isLocked: issue.isLocked,
            labels: issue.labels,
            createdAtMs: issue.createdAt.ms,
            updatedAt: issue.updatedAt.text
        )
    }
}

extension Observation.LabelEvent {
    /// A change of a label as GitHub lists it.
    init(_ event: GHLabelEvent, isTrusted: Bool) {
        self.init(
            id: event.id,
            label: event.label,
            isAdded: event.isAdded,
            actor: event.actor.login,
            isTrusted: isTrusted
        )
    }
}

extension Observation.ClaimSeen {
    /// What the hidden line of a comment says of a claim; nil when it is about something else.
    init?(_ marker: CommentMarker) {
        guard marker.kind == "claim" || marker.kind == "withdrawn", let hub = marker.field("hub") else { return nil }
        self.init(hub: hub, host: marker.field("host") ?? "?", isReleased: marker.kind == "withdrawn")
    }
}
