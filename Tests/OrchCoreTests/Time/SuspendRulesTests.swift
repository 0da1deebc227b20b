import OrchCore
import Testing

@Suite struct SuspendRulesTests {
    private let before = Moment(wallMs: 1_000, monotonicMs: 50)

    @Test(
        arguments: [
            (3_600_000, 1_000, 3_599_000), (60_000, 60_000, nil), (15_000, 0, 15_000), (14_999, 0, nil),
            (-500_000, 10, nil), (0, 60_000, nil),
        ] as [(Int64, Int64, Int64?)]
    )
    func `a suspend is the wall clock running ahead of the monotonic one`(wall: Int64, monotonic: Int64, slept: Int64?)
    {
        let after = Moment(wallMs: before.wallMs + wall, monotonicMs: before.monotonicMs + monotonic)
        #expect(SuspendRules.suspendedMs(from: before, to: after) == slept)
    }
}
