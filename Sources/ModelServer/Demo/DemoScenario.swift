/// The model of the demo: plays the orchestrator and its workers, each from its conversation alone.
///
/// A conversation with the hub's tools is the orchestrator's, any other a worker's. Whatever is killed, the same work gets
/// done: a worker's commands may be run again from the start at any time and leave the same files and one commit; the
/// orchestrator repeats a decision only when nothing shows that it was taken.
package struct DemoScenario: Scenario {
    /// How long each of a worker's commands takes.
    package var commandPause: Duration

    /// Makes the scenario.
    package init(commandPause: Duration = .milliseconds(150)) {
        self.commandPause = commandPause
    }

    package func respond(to request: ModelRequest) -> ModelResponse {
        let isOrchestrator = request.tools.contains { $0.hasPrefix("orch_") }
        var response =
            isOrchestrator ? DemoOrchestrator(request).response : DemoWorker(request, pause: commandPause).response
        response.headers = ModelResponse.rateLimitHeaders(usedPercent: 7)
        return response
    }
}
