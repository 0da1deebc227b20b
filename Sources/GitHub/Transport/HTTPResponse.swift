/// One whole answer.
package struct HTTPResponse: Sendable, Hashable {
    /// The status.
    package var status: Int
    /// The values by names in lower case; of several lines with one name, the values with commas between them.
    package var headers: [String: String]
    /// The whole body, unpacked.
    package var body: [UInt8]

    /// An answer; the names of headers may be in any case.
    package init(status: Int, headers: [HTTPRequest.Header] = [], body: [UInt8] = []) {
        self.status = status
        self.headers = Dictionary(headers.map { ($0.name.lowercased(), $0.value) }) { "\($0), \($1)" }
        self.body = body
    }

    /// The value of a header; the name in lower case.
    package func header(_ name: String) -> String? { headers[name] }
}
