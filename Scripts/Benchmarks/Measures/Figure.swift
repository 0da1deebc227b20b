import Glibc
import OrchCore

/// One figure, as a JSON line on standard output.
struct Figure {
    var name: String
    var value: Double
    var unit: String

    func report() {
        let line: JSONValue = ["name": .string(name), "value": .double(value), "unit": .string(unit)]
        print(line.canonicalText)
    }
}

extension [Double] {
    /// The value that so large a part of them does not exceed; 0.5 is the median.
    func quantile(_ part: Double) -> Double {
        let sorted = sorted()
        return sorted.isEmpty ? .nan : sorted[Swift.min(sorted.count - 1, Int(Double(sorted.count) * part))]
    }

    var median: Double { quantile(0.5) }
}

/// Reads a clock of the system, in seconds.
func clockSeconds(_ clock: clockid_t = CLOCK_MONOTONIC) -> Double {
    var time = timespec()
    clock_gettime(clock, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

/// How many seconds something takes.
func timed(_ body: () throws -> Void) rethrows -> Double {
    let start = clockSeconds()
    try body()
    return clockSeconds() - start
}
