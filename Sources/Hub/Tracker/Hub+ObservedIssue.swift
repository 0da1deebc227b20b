import OrchCore
import OrchStore
import Settings

extension Hub {
    /// Takes an issue as the tracker shows it.
    func observed(_ seen: Observation.IssueSeen) throws {
        let known = try tables.remote.find(seen.number)
        // A list may be older than what was seen before: the server's time of each version tells.
        if let known, known.gone == nil, seen.updatedAt < known.updatedAt { return }
        if known == nil {
            guard seen.isWanted || issueLabels.isOrchestrated(seen.labels) else { return }
            try add(seen)
        }
        try tables.remote.see(
            seen.number,
            remoteID: seen.remoteID,
            url: seen.url,
            updatedAt: seen.updatedAt,
            isLocked: seen.isLocked
        )
        if let native = seen.nativeBlockers {
            try tables.issues.setBlockers(seen.number, native.filter { $0 != seen.number }, source: "native")
            mustSchedule = true
        }
        try observedText(seen, isNew: known == nil)
        if let events = seen.labelEvents, try !isFlipping(seen.number) {
            try act(on: events, issue: seen.number, labels: seen.labels)
        }
        try setOpen(seen.number, seen.isOpen)
    }

    private func add(_ seen: Observation.IssueSeen) throws {
        if try tables.issues.find(seen.number) == nil {
            _ = try tables.issues.create(
                number: seen.number,
                title: seen.title,
                body: seen.body,
                author: seen.author,
                nowMs: seen.createdAtMs
            )
        }
        try tables.events.append(
            "issue.created",
            issue: seen.number,
            ["title": .string(seen.title), "author": .string(seen.author)],
            nowMs: nowMs
        )
    }

    // MARK: Its text

    /// Keeps each version of a charter, and stops work on one that somebody without write access wrote (I11).
    private func observedText(_ seen: Observation.IssueSeen, isNew: Bool) throws {
        let hash = RequestHash.of(seen.title + "\n" + seen.body)
        let body = try artifacts.put(Array(seen.body.utf8), nowMs: nowMs)
        let isChanged = try tables.remote.addVersion(
            seen.number,
            hash: hash,
            title: seen.title,
            artifact: body,
            nowMs: nowMs
        )
        let before = try tables.issues.require(seen.number)
        guard isNew || before.title != seen.title || before.body != seen.body else { return }
        try tables.issues.edit(seen.number, title: seen.title, body: seen.body, nowMs: nowMs)
        try readCharter(seen.number)
        guard !isNew, isChanged || before.body != seen.body else { return }
        try tables.events.append(
            "issue.edited",
            issue: seen.number,
            ["by": .text(seen.editor?.login), "trusted": .bool(seen.editor?.isTrusted ?? false)],
            nowMs: nowMs
        )
        guard let accepted = try tables.remote.find(seen.number)?.acceptedBody, accepted != hash else { return }
        if let editor = seen.editor, editor.isTrusted {
            try tables.remote.accept(seen.number, body: hash)
            try passOnCharter(seen, by: editor.login)
        } else {
            try distrust(seen.number, editor: seen.editor?.login)
        }
    }

    /// A charter that changed while an agent works on it is told to the agent.
    private func passOnCharter(_ seen: Observation.IssueSeen, by editor: String) throws {
        guard let agent = try tables.agents.live(issue: seen.number), agent.phase.isAtWork else { return }
        try queueTurn(
            agent,
            kind: .send,
            prompt: """
                The charter of issue #\(seen.number) was changed by \(editor). It now reads:

                # \(seen.title)

                \(seen.body)
                """
        )
    }

    /// Somebody without write access changed the charter after it was queued: nobody works on that text until it is queued again.
    private func distrust(_ number: Int, editor: String?) throws {
        try tables.remote.accept(number, body: nil)
        let issue = try tables.issues.require(number)
        guard [.queued, .running, .review, .stalled].contains(issue.phase) else { return }
        let who = editor.map { "@\($0), who has no write access" } ?? "somebody whose access is not known"
        let reason = "its text was changed by \(who)"
        if let agent = try tables.agents.live(issue: number) { try rest(agent, reason: reason) }
        try setPhase(issue: number, .none, reason: reason)
        try comment(
            number,
            key: "edited:\(number):\(RequestHash.of(issue.title + "\n" + issue.body).prefix(16))",
            body:
                "Paused: the text of this issue was changed by \(who). Read it, then add `\(settings.labels.queued)` again to have it worked on."
        )
    }

    // MARK: Its labels

    /// Whether a change of its labels by us is under way: that will see what others did meanwhile, and tell it from its own.
    private func isFlipping(_ number: Int) throws -> Bool {
        try tables.outbox.openCount(kind: "issue.labels", issue: number) > 0
    }

    /// Acts on what people did to the labels since the last time, each once.
    ///
    /// - Parameters:
    ///   - events: what they did, oldest first.
    ///   - number: the issue.
    ///   - labels: what the tracker shows after that.
    /// - Throws: what the database throws.
    func act(on events: [Observation.LabelEvent], issue number: Int, labels: [String]) throws {
        let last = try tables.remote.find(number)?.lastEvent ?? 0
        let before = try tables.issues.labels(number)
        let own = Set([settings.labels.orchestrate, settings.labels.queued].map { $0.lowercased() })
        var changed = false
        var isQueuedAnew = false
        for event in events where event.id > last {
            try tables.remote.setLastEvent(number, event.id)
            let name = try canonical(event.label, of: number)
            if event.isAdded, own.contains(event.label.lowercased()), !event.isTrusted {
                try refuse(label: event, of: number)
                continue
            }
            changed = true
            if event.isAdded, event.label.lowercased() == settings.labels.queued.lowercased() { isQueuedAnew = true }
            _ = try tables.issues.want(number, label: name, event.isAdded)
            try tables.events.append(
                "issue.labelled",
                issue: number,
                [
                    event.isAdded ? "add" : "remove": .array([.string(name)]), "by": .string(event.actor),
                ],
                nowMs: nowMs
            )
        }
        try observe(labels, of: number)
        guard changed else { return }
        try readCharter(number)
        if isQueuedAnew {  // the person who queues it has read it
            let issue = try tables.issues.require(number)
            try tables.remote.accept(number, body: RequestHash.of(issue.title + "\n" + issue.body))
            try tables.remote.setHolder(number, heldBy: nil, claim: try tables.remote.find(number)?.claim)
        }
        try followLabels(number, before: before)
    }

    /// What the tracker shows, whoever set it.
    private func observe(_ labels: [String], of number: Int) throws {
        var shown: Set<String> = []
        for label in labels { shown.insert(try canonical(label, of: number)) }
        for label in try tables.issues.observedLabels(number) where !shown.contains(label) {
            try tables.issues.observe(number, label: label, false)
        }
        let ours = Set(settings.labels.all)
        for label in shown {
            try tables.issues.observe(number, label: label, true)
            // Labels that are not ours are as the tracker has them: one that is renamed there is not put back.
            if !ours.contains(label) { _ = try tables.issues.want(number, label: label, true) }
        }
        for label in try tables.issues.labels(number) where !shown.contains(label) && !ours.contains(label) {
            _ = try tables.issues.want(number, label: label, false)
            try tables.issues.observe(number, label: label, false)
        }
    }

    /// The name under which a label is known: the tracker compares names without regard to case.
    private func canonical(_ label: String, of number: Int) throws -> String {
        let lower = label.lowercased()
        if let ours = settings.labels.all.first(where: { $0.lowercased() == lower }) { return ours }
        return try tables.issues.knownLabels(number).first { $0.lowercased() == lower } ?? label
    }

    private func refuse(label event: Observation.LabelEvent, of number: Int) throws {
        try tables.events.append(
            "issue.label_refused",
            issue: number,
            ["label": .string(event.label), "by": .string(event.actor)],
            nowMs: nowMs
        )
        try comment(
            number,
            key: "label-refused:\(number):\(event.id)",
            body:
                "`\(event.label)` was added by @\(event.actor), who has no write access: it is not followed. Somebody with write access can remove it and add it again."
        )
    }

    /// What a change of labels by us brought: what the tracker shows now, and what others did meanwhile.
    func labelsShown(issue number: Int, observed: [String], events: [Observation.LabelEvent], lastEvent: Int64?) throws
    {
        guard isRemote else {
            for label in observed { try tables.issues.observe(number, label: label, true) }
            for label in try tables.issues.observedLabels(number) where !observed.contains(label) {
                try tables.issues.observe(number, label: label, false)
            }
            return
        }
        try act(on: events, issue: number, labels: observed)
        if let lastEvent { try tables.remote.setLastEvent(number, lastEvent) }
    }
}
