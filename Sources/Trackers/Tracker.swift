/// Where issues live: the hub shows there what it does, and posts what people should read.
///
/// Each deed may be asked for again after a crash, and finds out by itself whether it was done (I4).
package protocol Tracker: Sendable {
    /// Makes an issue show the labels that the hub wants; the labels that it shows then.
    ///
    /// - Throws: `TrackerError`.
    func showLabels(issue: Int) async throws(TrackerError) -> [String]

    /// Posts a comment unless one with its marker is there; the comment's id.
    ///
    /// - Throws: `TrackerError`.
    func postComment(issue: Int, body: String, marker: String) async throws(TrackerError) -> Int64
}
