/// The limits that an issue's labels set for its agent: `checkin:10m`, `budget:45m`.
package struct SLALabels: Sendable, Hashable {
    /// Worked time between check-ins in milliseconds, if a label sets it.
    package var checkinMs: Int64?
    /// Worked time in all in milliseconds, if a label sets it.
    package var budgetMs: Int64?
    /// What is wrong with labels that mean to set a limit; they set none.
    package var errors: [String]

    /// Limits, and what was wrong with the labels.
    package init(checkinMs: Int64? = nil, budgetMs: Int64? = nil, errors: [String] = []) {
        self.checkinMs = checkinMs
        self.budgetMs = budgetMs
        self.errors = errors
    }

    /// Reads labels.
    ///
    /// Of several with the same meaning the smallest counts, and an error says so.
    package static func parse(_ labels: some Sequence<String>) -> SLALabels {
        var sla = SLALabels(checkinMs: nil, budgetMs: nil, errors: [])
        for label in labels {
            if let value = LabelValue.of(label, key: "checkin") { sla.take(label, value, \.checkinMs) }
            if let value = LabelValue.of(label, key: "budget") { sla.take(label, value, \.budgetMs) }
        }
        return sla
    }

    private mutating func take(_ label: String, _ value: String, _ limit: WritableKeyPath<SLALabels, Int64?>) {
        do throws(CoreError) {
            let ms = try DurationText.parse(value)
            guard ms > 0 else {
                errors.append("label `\(SafeText.line(Clip.characters(label, 60)))`: the duration must be more than 0")
                return
            }
            if let other = self[keyPath: limit], other != ms {
                errors.append(
                    "label `\(SafeText.line(Clip.characters(label, 60)))`: another label sets the same limit; the smaller counts"
                )
            }
            self[keyPath: limit] = min(ms, self[keyPath: limit] ?? ms)
        } catch {
            errors.append("label `\(SafeText.line(Clip.characters(label, 60)))`: \(error.message)")
        }
    }
}
