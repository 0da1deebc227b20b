import OrchCore

/// The members of one thing in an answer.
struct Fields {
    private let json: JSONValue
    private let name: String

    /// The members of an object.
    ///
    /// - Parameters:
    ///   - json: what should be the object.
    ///   - name: what it is, for errors.
    /// - Throws: `BadField` when it is no object.
    init(_ json: JSONValue, _ name: String) throws(BadField) {
        guard json.objectValue != nil else { throw BadField(name: name) }
        self.json = json
        self.name = name
    }

    subscript(_ key: String) -> JSONValue? { json[key] }

    func id(_ key: String = "id") throws(BadField) -> Int64 {
        guard let value = json[key]?.intValue else { throw missing(key) }
        return value
    }

    func number(_ key: String = "number") throws(BadField) -> Int {
        guard let value = json[key]?.intValue, let number = Int(exactly: value) else { throw missing(key) }
        return number
    }

    func text(_ key: String) throws(BadField) -> String {
        guard let value = json[key]?.stringValue else { throw missing(key) }
        return value
    }

    /// A text that may be null or missing, which is the same as empty.
    func words(_ key: String) -> String { json[key]?.stringValue ?? "" }

    func flag(_ key: String) -> Bool { json[key]?.boolValue ?? false }

    func time(_ key: String) throws(BadField) -> GHTime {
        guard let time = optionalTime(key) else { throw missing(key) }
        return time
    }

    func optionalTime(_ key: String) -> GHTime? { json[key]?.stringValue.flatMap(GHTime.init) }

    /// Who did it; GitHub shows deleted accounts as `ghost`, and some answers have null for them.
    func user(_ key: String = "user") -> GHUser {
        // An object without a login is as good as null.
        json[key].flatMap { try? GHUser($0) } ?? .ghost
    }

    func association() -> GHAssociation {
        json["author_association"]?.stringValue.flatMap(GHAssociation.init) ?? .none
    }

    func state() throws(BadField) -> GHState {
        guard let state = json["state"]?.stringValue.flatMap(GHState.init) else { throw missing("state") }
        return state
    }

    /// The number at the end of a URL of the API: comments say only so which issue they belong to.
    func lastNumber(_ key: String) throws(BadField) -> Int {
        guard let last = json[key]?.stringValue?.split(separator: "/").last, let number = Int(last), number > 0 else {
            throw missing(key)
        }
        return number
    }

    func missing(_ key: String) -> BadField { BadField(name: "\(name).\(key)") }
}
