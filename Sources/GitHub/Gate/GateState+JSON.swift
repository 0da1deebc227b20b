package import OrchCore

extension GateState {
    /// The state for a row in the database, so that a hub that starts anew keeps to the limits.
    ///
    /// Times are kept as spans from now: neither clock means the same after a restart.
    ///
    /// - Parameters:
    ///   - now: the gate's clock.
    ///   - wallMs: milliseconds since 1970.
    /// - Returns: an object.
    package func saved(now: Int64, wallMs: Int64) -> JSONValue {
        [
            "at": .integer(wallMs),
            "silent_for": .number(silentUntilMs.flatMap { $0 > now ? $0 - now : nil }),
            "silence": .text(silence?.rawValue),
            "strikes": .integer(Int64(strikes)),
            "content_hour": contentHour.saved(now: now),
        ]
    }

    /// A state that was saved; what is missing or makes no sense is left out.
    ///
    /// A wall clock that went back meanwhile makes it as old as it was when saved: rather a wait too long than a limit exceeded.
    package init(saved json: JSONValue, now: Int64, wallMs: Int64) {
        self.init()
        let age = max(0, wallMs - (json["at"]?.intValue ?? wallMs))
        if let left = json["silent_for"]?.intValue, left > age, left <= 86_400_000 {
            silentUntilMs = now + left - age
            silence = json["silence"]?.stringValue.flatMap(Silence.init) ?? .secondary
        }
        if let strikes = json["strikes"]?.intValue, (1...30).contains(strikes) { self.strikes = Int(strikes) }
        contentHour.restore(json["content_hour"], now: now, agedMs: age)
        contentMinute.restore(json["content_hour"], now: now, agedMs: age)
    }
}
