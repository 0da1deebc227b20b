import Glibc

/// The words for `errno`.
func systemWords(_ number: Int32 = errno) -> String {
    String(cString: strerror(number))
}

extension StoreError {
    /// An error of the operating system, with what was tried and on what.
    static func system(_ what: String, _ path: String, _ number: Int32 = errno) -> StoreError {
        let words = systemWords(number)
        return switch number {
        case ENOSPC, EDQUOT: StoreError(.diskFull, "can't \(what) \(path): \(words); free some room and try again")
        case EROFS: StoreError(.readOnly, "can't \(what) \(path): \(words); orch needs a disk that it can write")
        case EACCES, EPERM:
            StoreError(
                .unwritable,
                "can't \(what) \(path): \(words); make it and the folder that it is in writable for you"
            )
        case EEXIST: StoreError(.alreadyExists, "can't \(what) \(path): \(words)")
        default: StoreError(.unwritable, "can't \(what) \(path): \(words)")
        }
    }
}
