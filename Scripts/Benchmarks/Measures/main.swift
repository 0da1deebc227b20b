import Glibc

// orch-bench MEASURE FOLDER [--quick]: measures one thing, in a folder that it may fill, and prints its figures as JSON lines.
// `Scripts/bench` builds it, calls it measure by measure, and holds its figures against those of others.

let arguments = CommandLine.arguments.dropFirst()
let words = arguments.filter { !$0.hasPrefix("--") }
guard words.count == 2, let name = words.first, let folder = words.last, let measure = Measure(rawValue: name) else {
    print("usage: orch-bench \(Measure.allCases.map(\.rawValue).joined(separator: "|")) FOLDER [--quick]")
    exit(64)
}
try await measure.run(in: folder, isQuick: arguments.contains("--quick"))
