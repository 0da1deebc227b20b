import Hub

/// The version of this program.
enum OrchVersion {
    /// As `orch --version` prints it.
    static let text = HubDaemon.version
}
