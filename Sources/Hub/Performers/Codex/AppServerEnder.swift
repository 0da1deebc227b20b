import CodexAppServer

/// `app_server.end`: only a process that is proven to be the recorded one is ended.
struct AppServerEnder {
    func perform(_ it: Effect.EndAppServer) async -> EffectResult {
        let identity = ProcessIdentity(pid: it.pid, startTime: it.startTime, bootID: it.bootID)
        let ending = await identity.terminate()
        ChildProcess.collect(it.pid)
        return ending == .stays ? .retry(reason: "process \(it.pid) does not end") : .done(.nothing)
    }
}
