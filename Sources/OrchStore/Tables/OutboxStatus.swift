/// What became of an effect.
package enum OutboxStatus: String, Sendable, Hashable, CaseIterable {
    case pending, performing, done, failed, cancelled
}
