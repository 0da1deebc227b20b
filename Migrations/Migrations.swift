/// The schema's history, embedded in the binary: each file once, in order, never changed after a release.
package enum Migrations {
    /// One step of the schema.
    package struct Migration: Sendable {
        /// The schema's version after this step, from 1.
        package var version: Int
        /// The file's name without its ending.
        package var name: String
        /// The file's text.
        package var sql: [UInt8]
    }

    /// All steps, oldest first.
    package static let all: [Migration] = [
        Migration(version: 1, name: "m0001_init", sql: PackageResources.m0001_init_sql)
    ]
}
