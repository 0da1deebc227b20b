import CodexAppServer

extension EffectResult {
    /// What an error of a request means for its deed.
    ///
    /// What may not have arrived is tried again, which begins with finding out; what codex refused is not.
    init(_ error: AppServerError) {
        if error.isNoRollout || error.isThreadUnknown {
            self = .failed(code: .noRollout, reason: error.message)
        } else if error.isForeignWriter {
            self = .failed(code: .foreignWriter, reason: error.message)
        } else if error.isInputTooLarge {
            self = .failed(code: .refused, reason: error.message)
        } else {
            switch error.code {
            case .timeout, .disconnected, .cancelled: self = .retry(reason: error.message)
            case .overloaded, .draining:
                self = .later(reason: error.message, isDraining: error.code == .draining)
            case .server: self = .failed(code: .refused, reason: error.message)
            case .tooLarge, .handshake, .launch, .codexMissing, .files, .configuration:
                self = .failed(code: .other, reason: error.message)
            }
        }
    }

    /// There is no connection now: the hub asks again when there is one.
    static let unconnected = EffectResult.retry(reason: "there is no connection to the app-server")
}
