/// One request as it goes over the wire.
package struct HTTPRequest: Sendable, Hashable {
    /// The methods that GitHub's API has.
    package enum Method: String, Sendable, Hashable, CaseIterable {
        case get = "GET"
        case post = "POST"
        case patch = "PATCH"
        case put = "PUT"
        case delete = "DELETE"
    }

    /// One line of the head.
    package struct Header: Sendable, Hashable {
        /// The name, in any case.
        package var name: String
        /// The value.
        package var value: String

        /// A line.
        package init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    /// The method.
    package var method: Method
    /// The whole URL.
    package var url: String
    /// The lines of the head.
    package var headers: [Header]
    /// What is sent, if anything.
    package var body: [UInt8]?

    /// A request.
    package init(_ method: Method, _ url: String, headers: [Header] = [], body: [UInt8]? = nil) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
    }

    /// Whether it may change something.
    package var isWrite: Bool { method != .get }

    /// The value of a header, whatever the case of its name.
    package func header(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }
}
