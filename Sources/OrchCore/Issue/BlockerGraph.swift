/// Finds issues that wait for each other: no time will free them.
package enum BlockerGraph {
    /// Longer cycles are shown by so many of their issues, without the way back: all of them for each of them would fill the memory.
    package static let pathLimit = 100

    /// For each issue that is in a cycle, a shortest one: from the issue along its blockers back to it, the issue named first and last.
    ///
    /// - Parameter edges: who is blocked by whom, open issues only.
    /// - Returns: a cycle per issue that is in one; issues that merely wait for such a cycle are not in it.
    package static func cycles(edges: some Sequence<(issue: Int, blocker: Int)>) -> [Int: [Int]] {
        var blockers: [Int: [Int]] = [:]
        for edge in edges { blockers[edge.issue, default: []].append(edge.blocker) }
        for (issue, list) in blockers { blockers[issue] = Set(list).sorted() }
        let component = components(of: blockers)
        var cycles: [Int: [Int]] = [:]
        for issue in blockers.keys.sorted() where cycles[issue] == nil {
            guard let cycle = shortestCycle(from: issue, blockers, component) else { continue }
            // All that are on this cycle have it, each beginning with itself: a ring of n issues costs one search, not n.
            for shift in cycle.indices where cycles[cycle[shift]] == nil {
                let path =
                    cycle[shift...].prefix(pathLimit)
                    + cycle[..<shift].prefix(max(0, pathLimit - (cycle.count - shift)))
                cycles[cycle[shift]] = Array(path) + (cycle.count < pathLimit ? [cycle[shift]] : [])
            }
        }
        return cycles
    }

    /// Breadth first within the issue's component; the cycle without its repeated end.
    private static func shortestCycle(from start: Int, _ blockers: [Int: [Int]], _ component: [Int: Int]) -> [Int]? {
        var cameFrom: [Int: Int] = [:]
        var queue = [start]
        var next = 0
        while next < queue.count {
            let issue = queue[next]
            next += 1
            for blocker in blockers[issue] ?? [] where component[blocker] == component[start] {
                if blocker == start {
                    var path = [issue]
                    while let last = path.last, last != start, let before = cameFrom[last] { path.append(before) }
                    return path.reversed()
                }
                guard cameFrom[blocker] == nil else { continue }
                cameFrom[blocker] = issue
                queue.append(blocker)
            }
        }
        return nil
    }

    /// The strongly connected component of each issue (Tarjan 1972), without recursion: a chain of blockers may be long.
    private static func components(of blockers: [Int: [Int]]) -> [Int: Int] {
        var index: [Int: Int] = [:]
        var low: [Int: Int] = [:]
        var component: [Int: Int] = [:]
        var open: [Int] = []
        for root in blockers.keys.sorted() where index[root] == nil {
            var walk: [(issue: Int, next: Int)] = [(root, 0)]
            index[root] = index.count
            low[root] = index[root]
            open.append(root)
            while let (issue, next) = walk.last {
                let list = blockers[issue] ?? []
                if next < list.count {
                    walk[walk.count - 1].next += 1
                    let blocker = list[next]
                    if index[blocker] == nil {
                        index[blocker] = index.count
                        low[blocker] = index[blocker]
                        open.append(blocker)
                        walk.append((blocker, 0))
                    } else if component[blocker] == nil {
                        low[issue] = min(low[issue] ?? 0, index[blocker] ?? 0)
                    }
                    continue
                }
                walk.removeLast()
                if let parent = walk.last?.issue { low[parent] = min(low[parent] ?? 0, low[issue] ?? 0) }
                guard low[issue] == index[issue] else { continue }
                while let member = open.popLast() {
                    component[member] = index[issue]
                    if member == issue { break }
                }
            }
        }
        return component
    }
}
