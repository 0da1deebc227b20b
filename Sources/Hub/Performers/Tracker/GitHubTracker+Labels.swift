import GitHub
package import OrchCore

extension GitHubTracker {
    package func showLabels(_ it: Effect.SetLabels, names: LabelNames, attempts: Int) async -> EffectResult {
        await perform {
            let wanted = try await facts.labels(it.issue)
            let ours = Set(names.all)
            let add = wanted.add.filter(ours.contains)
            let remove = wanted.remove.filter(ours.contains)
            let before = try await client.labelEvents(it.issue).filter { $0.id > wanted.lastEvent }
            // The new one first: a crash in between leaves two labels, and never none.
            if !add.isEmpty { _ = try await client.addLabels(it.issue, add) }
            for label in remove { _ = try await client.removeLabel(it.issue, label) }
            let known = Set(before.map(\.id))
            let expected = add.map { ($0.lowercased(), true) } + remove.map { ($0.lowercased(), false) }
            var after: [GHLabelEvent] = []
            var others: [GHLabelEvent] = []
            // What was like that before leaves no event; what we did does, though perhaps not in the first list.
            for _ in 0..<Self.looks {
                after = try await client.labelEvents(it.issue).filter { $0.id > wanted.lastEvent }
                var open = expected
                others = []
                for event in after {
                    // Ours is what we have just done; and what an attempt before this one did, whose answer was lost.
                    let isNew = !known.contains(event.id)
                    if isNew || attempts > 1,
                        let index = open.firstIndex(where: { $0 == (event.label.lowercased(), event.isAdded) })
                    {
                        open.remove(at: index)
                    } else {
                        others.append(event)
                    }
                }
                if open.isEmpty { break }
            }
            var seen: [Observation.LabelEvent] = []
            for event in others { seen.append(.init(event, isTrusted: try await canWrite(event.actor))) }
            let shown = try await client.issue(it.issue).labels
            return .labels(observed: shown, events: seen, lastEvent: after.map(\.id).max())
        }
    }
}
