/// What a read with a validator brings.
package enum Conditional<Value: Sendable>: Sendable {
    /// Nothing has changed since the answer that the validator came with.
    ///
    /// It costs nothing on the primary limit:
    /// https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api#use-conditional-requests-if-appropriate
    case notModified
    /// The value, and the validator for the next read of the same URL, if GitHub gave one.
    case modified(Value, validator: String?)

    /// The value, if it has changed.
    package var value: Value? { if case .modified(let value, _) = self { value } else { nil } }
    /// The new validator, if there is one.
    package var validator: String? { if case .modified(_, let validator) = self { validator } else { nil } }
}

extension Conditional: Equatable where Value: Equatable {}
