import Foundation
import Testing

extension Said {
    /// Checks that a command was refused as it must be: the exit code, a message with these parts, and no data.
    func expectRefusal(_ code: Int32, _ parts: String..., sourceLocation: SourceLocation = #_sourceLocation) {
        let isPlain = errors.hasPrefix("Error: ") && output.isEmpty
        #expect(self.code == code && isPlain, "\(self)", sourceLocation: sourceLocation)
        for part in parts { #expect(errors.contains(part), "\(part): \(self)", sourceLocation: sourceLocation) }
    }
}
