import OrchCore
import Testing

@Suite struct SLALabelsTests {
    @Test func `labels set limits`() {
        let sla = SLALabels.parse(["checkin:10m", "Budget: 45m", "bug", "budgetary:1h"])
        #expect(sla.checkinMs == 600_000 && sla.budgetMs == 2_700_000 && sla.errors.isEmpty)
    }

    @Test(arguments: ["checkin:soon", "budget:", "budget:0s", "checkin:-5m", "budget:5"])
    func `a wrong one sets none and is told`(label: String) {
        let sla = SLALabels.parse([label])
        #expect(sla.checkinMs == nil && sla.budgetMs == nil)
        #expect(sla.errors.count == 1)
        #expect(sla.errors.first?.contains(label) == true)
    }

    @Test func `of two the smaller counts, and it is told`() {
        let sla = SLALabels.parse(["budget:1h", "budget:30m", "budget:2h"])
        #expect(sla.budgetMs == 1_800_000)
        #expect(sla.errors.count == 2)
        #expect(SLALabels.parse(["budget:60m", "budget:1h"]).errors.isEmpty)
    }

    @Test(
        arguments: [
            ([], 5), (["priority:P0"], 0), (["Priority:p9"], 9), (["priority: 2"], 2),
            (["priority:P3", "priority:P1"], 1), (["priority:P10"], 5), (["priority:high"], 5),
            (["priority:"], 5), (["prio:P1"], 5),
        ] as [([String], Int)]
    )
    func `labels set the priority`(labels: [String], priority: Int) {
        #expect(PriorityLabel.parse(labels) == priority)
    }
}
