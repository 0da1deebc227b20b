package import OrchCore

/// One server-sent event of a response.
package struct StreamEvent: Sendable, Hashable {
    /// Such as `response.output_text.delta`.
    package var type: String
    /// The data, with `type` and `sequence_number`.
    package var data: JSONValue
    /// How long the server waits before it sends this.
    package var pause: Duration

    /// The bytes on the wire.
    package var text: String { "event: \(type)\ndata: \(data.canonicalText)\n\n" }
}
