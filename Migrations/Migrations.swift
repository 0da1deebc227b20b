/// The schema's history, embedded in the binary: each file once, in order, never changed after a release.
package enum Migrations {
    /// One step of the schema.
    package struct Migration: Sendable, Hashable {
        /// The schema's version after this step, from 1.
        package var version: Int
        /// The file's name without its ending.
        package var name: String
        /// The file's text.
        package var sql: [UInt8]

        /// A step; its version is the number in its name.
        package init(version: Int, name: String, sql: [UInt8]) {
            self.version = version
            self.name = name
            self.sql = sql
        }
    }

    /// All steps, oldest first.
    package static let all: [Migration] = [
        Migration(version: 1, name: "m0001_init", sql: PackageResources.m0001_init_sql),
        Migration(version: 2, name: "m0002_reports", sql: PackageResources.m0002_reports_sql),
        Migration(version: 3, name: "m0003_tracker", sql: PackageResources.m0003_tracker_sql),
    ]
}
