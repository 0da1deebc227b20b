/// What goes wrong with a request, deliberately.
///
/// Where it says `afterEffect`, the request is done all the same, and only its answer is lost.
package enum Fault: Sendable, Hashable {
    /// A 5xx (or any other status) instead of the answer.
    case status(Int, afterEffect: Bool = false)
    /// The answer comes late.
    case delay(milliseconds: Int)
    /// No answer ever comes; the connection stays open until the client leaves.
    case hang(afterEffect: Bool = false)
    /// The connection is reset (a real TCP RST) without an answer.
    case reset(afterEffect: Bool = false)
    /// The connection is closed in order, without an answer: the client reads an end of file.
    case close(afterEffect: Bool = false)
    /// A list is answered from an older state: lists are not promised to show one's own writes.
    ///
    /// A client that looks for its own comment in such a list does not find it.
    case stale
    /// A page of a list comes in another order.
    case reordered
    /// A proxy's HTML page with status 200 instead of the answer, which was given up before.
    case html
    /// The body ends in the middle of the JSON, though HTTP says that it is whole.
    case cutJSON
    /// The connection is reset in the middle of the body.
    case cutTransfer
    /// 403 with `retry-after`: the secondary rate limit.
    case secondaryLimit(retryAfterSeconds: Int)
    /// 429 with `retry-after`.
    case tooManyRequests(retryAfterSeconds: Int)

    /// Its name in the request log.
    package var name: String {
        switch self {
        case .status(let status, let after): "\(status)\(after ? " after effect" : "")"
        case .delay: "delay"
        case .hang(let after): "hang\(after ? " after effect" : "")"
        case .reset(let after): "reset\(after ? " after effect" : "")"
        case .close(let after): "close\(after ? " after effect" : "")"
        case .stale: "stale"
        case .reordered: "reordered"
        case .html: "html"
        case .cutJSON: "cut JSON"
        case .cutTransfer: "cut transfer"
        case .secondaryLimit: "secondary limit"
        case .tooManyRequests: "too many requests"
        }
    }

    /// What may befall a read in a random plan.
    package static let ofReads: [Fault] = [
        .status(502), .status(503), .delay(milliseconds: 20), .reset(), .close(), .stale, .reordered, .html, .cutJSON,
        .cutTransfer,
    ]
    /// What may befall a write in a random plan: half of it after the effect.
    package static let ofWrites: [Fault] = [
        .status(502), .status(502, afterEffect: true), .status(503), .reset(), .reset(afterEffect: true), .close(),
        .close(afterEffect: true), .delay(milliseconds: 20), .html, .cutJSON, .cutTransfer,
    ]

    /// Whether the request is not even looked at.
    var isBeforeEffect: Bool {
        switch self {
        case .status(_, let after), .hang(let after), .reset(let after), .close(let after): !after
        case .html, .secondaryLimit, .tooManyRequests: true
        case .delay, .stale, .reordered, .cutJSON, .cutTransfer: false
        }
    }
}
