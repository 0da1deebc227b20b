import OrchCore

/// The fields of a command's payload, read with an error that names what is wrong.
struct CommandFields {
    let values: [String: JSONValue]

    init(_ payload: JSONValue) {
        values = payload.objectValue ?? [:]
    }

    func text(_ name: String) throws -> String {
        guard let text = try optionalText(name) else { throw HubError(.refused, "\(name) is missing") }
        return text
    }

    func optionalText(_ name: String) throws -> String? {
        guard let value = values[name], !value.isNull else { return nil }
        guard let text = value.stringValue else { throw HubError(.refused, "\(name) must be a text") }
        return text
    }

    func texts(_ name: String) throws -> [String] {
        guard let value = values[name], !value.isNull else { return [] }
        guard let list = value.arrayValue else { throw HubError(.refused, "\(name) must be a list of texts") }
        return try list.map { element in
            guard let text = element.stringValue, !text.isEmpty, text.utf8.count <= 100 else {
                throw HubError(.refused, "\(name) must hold texts of 1 to 100 bytes")
            }
            return text
        }
    }

    func integer(_ name: String) throws -> Int64 {
        guard let number = try optionalInteger(name) else { throw HubError(.refused, "\(name) is missing") }
        return number
    }

    func optionalInteger(_ name: String) throws -> Int64? {
        guard let value = values[name], !value.isNull else { return nil }
        guard let number = value.intValue, abs(number) < Int64(1) << 50 else {
            throw HubError(.refused, "\(name) must be a whole number")
        }
        return number
    }

    func bool(_ name: String) throws -> Bool {
        guard let value = values[name]?.boolValue else { throw HubError(.refused, "\(name) must be true or false") }
        return value
    }

    func optionalBool(_ name: String) throws -> Bool? {
        guard let value = values[name], !value.isNull else { return nil }
        return try bool(name)
    }
}
