import ArgumentParser
import ModelServer

/// How fast the demo's model works.
enum DemoPace: String, Sendable, CaseIterable, ExpressibleByArgument {
    case fast, normal, slow

    /// How the model speaks.
    var pace: Pace {
        switch self {
        case .fast: .instant
        case .normal: .demo
        case .slow: Pace(thinking: .milliseconds(400), delta: .milliseconds(40), deltaLength: 8)
        }
    }

    /// How long each command of an agent takes.
    var commandPause: Duration {
        switch self {
        case .fast: .zero
        case .normal: .milliseconds(100)
        case .slow: .seconds(1)
        }
    }
}
