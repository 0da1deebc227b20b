/// One allowed subcommand with the options that it may be given.
struct ExecCommand {
    /// Options that stand alone: `--stat`, `-s`.
    var flags: Set<String> = []
    /// Options with a value, as `--limit 5`, `--limit=5` or `-n 5`, and for git also `-n5`.
    ///
    /// For gh the next argument is the value, whatever it looks like. Of git's options some take none unless it stands behind `=`
    /// (`--pretty`): there the next argument is checked like any other, so that no option hides as a value.
    var values: Set<String> = []
    /// What is not an option.
    var operands = Operands.any
    /// How the program reads its arguments.
    var style = Style.git

    /// How a program reads its arguments.
    enum Style {
        /// Single letters may stand together (`-sb`) and carry numbers (`-n5`, `-20`); behind `--` come paths.
        case git
        /// Each option stands alone.
        case gh
    }

    /// What a subcommand may be given besides options.
    enum Operands {
        case any
        /// Nothing.
        case none
        /// Only when one of these options says that the command lists: without it git would create something.
        case whenListing(Set<String>)
        /// Exactly this one first.
        case exactly(String)
        /// At most one number or branch name, as an issue or a pull request is named; no address, which could be another repository's.
        case reference
    }

    /// Why these arguments are refused; nil when they pass.
    func check(_ arguments: [String], called name: String) -> String? {
        var plain: [String] = []
        var given: Set<String> = []
        var index = 0
        while index < arguments.count {
            let argument = arguments[index]
            index += 1
            if argument == "--" {
                guard style == .git else { return "exec: \(name): `--` is not allowed" }
                plain += arguments[index...]
                break
            }
            guard argument.utf8.first == UInt8(ascii: "-"), argument != "-" else {
                plain.append(argument)
                continue
            }
            let option = String(argument.prefix { $0 != "=" })
            if flags.contains(argument) {
                given.insert(argument)
            } else if values.contains(option) {
                given.insert(option)
                if option == argument, style == .gh {
                    guard index < arguments.count else { return "exec: \(name): `\(option)` needs a value" }
                    index += 1
                } else if option != argument, !option.hasPrefix("--") {
                    return "exec: \(name): write `\(option)` and its value as two arguments"
                }
            } else if !(style == .git && isCluster(argument)) {
                return "exec: \(name): the option `\(ExecPolicy.shown(option))` is not on the list of allowed ones"
            }
        }
        return check(plain, given, name)
    }

    private func check(_ plain: [String], _ given: Set<String>, _ name: String) -> String? {
        switch operands {
        case .any: return nil
        case .none: return plain.isEmpty ? nil : "exec: \(name): `\(ExecPolicy.shown(plain[0]))` is not allowed here"
        case .whenListing(let options):
            if plain.isEmpty || !given.isDisjoint(with: options) { return nil }
            return "exec: \(name) may only list: add --list"
        case .exactly(let word):
            return plain == [word] ? nil : "exec: only `\(name) \(word)` is allowed"
        case .reference:
            guard plain.count <= 1,
                !plain.contains(where: { $0.contains(":") || $0.hasPrefix("/") || $0.hasPrefix("-") })
            else {
                return "exec: \(name) takes one number or branch"
            }
            return nil
        }
    }

    /// Whether an argument is single letters that are allowed flags, or a number, or a letter with a number: `-sb`, `-20`, `-n5`.
    private func isCluster(_ argument: String) -> Bool {
        let body = argument.utf8.dropFirst()
        guard let first = body.first, first != UInt8(ascii: "-"), body.count <= 8 else { return false }
        let numeric = body.dropFirst(first.isLetter ? 1 : 0)
        if !numeric.isEmpty, numeric.allSatisfy({ $0.isDigit || $0 == UInt8(ascii: "%") }) {
            let letter = "-" + String(decoding: [first], as: UTF8.self)
            return first.isLetter ? values.contains(letter) || flags.contains(letter) : flags.contains("-<n>")
        }
        return body.allSatisfy { flags.contains("-" + String(decoding: [$0], as: UTF8.self)) }
    }

    /// The names of subcommands, for a message.
    static func names(of commands: [String: ExecCommand]) -> String { commands.keys.sorted().joined(separator: ", ") }
}
