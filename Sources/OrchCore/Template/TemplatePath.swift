/// Goes along `issue.labels[0].name`.
enum TemplatePath {
    /// One step into a value; nil if the value has no such member.
    ///
    /// An element behind a list's end is null: a list may be short.
    static func step(_ step: TemplateOperand.Step, from value: JSONValue) -> JSONValue? {
        switch (step, value) {
        case (.name(let name), .object(let members)):
            if let member = members[name] {
                member
            } else if name == "size" {
                .integer(Int64(members.count))
            } else {
                Optional.none
            }
        case (.name("size"), .array(let elements)): .integer(Int64(elements.count))
        case (.name("first"), .array(let elements)): elements.first ?? .null
        case (.name("last"), .array(let elements)): elements.last ?? .null
        case (.index(let index), .array(let elements)): elements.indices.contains(index) ? elements[index] : .null
        default: nil
        }
    }

    /// The error for a path whose step `depth` leads nowhere.
    static func unknown(_ steps: [TemplateOperand.Step], at depth: Int, in value: JSONValue, line: Int) -> TemplateError
    {
        var path = ""
        for step in steps.prefix(depth + 1) {
            switch step {
            case .name(let name): path += path.isEmpty ? name : ".\(name)"
            case .index(let index): path += "[\(index)]"
            }
        }
        let shown = SafeText.line(Clip.characters(path, 80))
        let known = value.objectValue.map { members in
            let names = members.keys.sorted().prefix(30).joined(separator: ", ")
            return "; known \(depth == 0 ? "are" : "here are") \(names.isEmpty ? "none" : names)"
        }
        return TemplateError(.unknownVariable, "unknown variable `\(shown)`\(known ?? "")", line: line)
    }
}
