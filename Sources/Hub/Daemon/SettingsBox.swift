package import Settings
import Synchronization

/// The settings in force, for those that perform deeds.
package final class SettingsBox: Sendable {
    private let settings: Mutex<HubSettings>

    /// A box with the first settings.
    package init(_ settings: HubSettings) {
        self.settings = Mutex(settings)
    }

    /// The settings now.
    package var value: HubSettings { settings.withLock { $0 } }

    /// Takes new ones.
    package func set(_ new: HubSettings) { settings.withLock { $0 = new } }
}
