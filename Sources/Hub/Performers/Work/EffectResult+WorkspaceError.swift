import Workspaces

extension EffectResult {
    /// What an error of git or of a program means for its deed.
    init(_ error: WorkspaceError) {
        if error.code == .unreachable {
            self = .later(reason: error.message, isDraining: false)  // however long that takes
        } else if error.mayPass {
            self = .retry(reason: error.message)
        } else {
            let isMisplaced = error.code == .wrongBranch || error.code == .branchElsewhere || error.code == .notOurs
            self = .failed(code: isMisplaced ? .wrongPlace : .other, reason: error.message)
        }
    }
}
