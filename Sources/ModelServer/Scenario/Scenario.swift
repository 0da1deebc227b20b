/// A script for the model: what it answers, from the request alone.
///
/// `respond` is a pure function. Whoever is killed, and whenever: the same conversation gets the same answer.
package protocol Scenario: Sendable {
    /// The answer to a request.
    func respond(to request: ModelRequest) -> ModelResponse
}
