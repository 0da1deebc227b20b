import Dispatch

/// Runs an actor on a queue of its own, so that what blocks there (git) never blocks the threads that all tasks share.
final class QueueExecutor: SerialExecutor {
    private let queue = DispatchQueue(label: "github-model", qos: .userInitiated)

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { [self] in job.runSynchronously(on: asUnownedSerialExecutor()) }
    }

    func asUnownedSerialExecutor() -> UnownedSerialExecutor { UnownedSerialExecutor(ordinary: self) }
}
