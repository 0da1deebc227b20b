// swift-tools-version: 6.3
import PackageDescription

/// Applied to every target: one place for how strictly we are compiled.
let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),  // SE-0335
    .enableUpcomingFeature("InternalImportsByDefault"),  // SE-0409
    .enableUpcomingFeature("MemberImportVisibility"),  // SE-0444
    .enableUpcomingFeature("InferIsolatedConformances"),  // SE-0470
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),  // SE-0461
    .enableUpcomingFeature("ImmutableWeakCaptures"),  // SE-0481
    .treatAllWarnings(as: .error),
]

let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")

let package = Package(
    name: "orch",
    dependencies: [
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2")
    ],
    targets: [
        .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
        .systemLibrary(name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),
        .target(name: "SQLite", dependencies: ["CSQLite"]),
        .target(name: "Zstd", dependencies: ["CZstd"]),
        .target(name: "Migrations", path: "Migrations", resources: [.embedInCode("m0001_init.sql")]),
        .target(name: "OrchCore"),
        .target(name: "OrchStore", dependencies: ["SQLite", "Zstd", "Migrations", "OrchCore", crypto]),
        .testTarget(name: "SQLiteTests", dependencies: ["SQLite"]),
        .testTarget(name: "OrchCoreTests", dependencies: ["OrchCore"]),
        .testTarget(name: "OrchStoreTests", dependencies: ["OrchStore", "OrchCore", "SQLite"]),
    ],
    swiftLanguageModes: [.v6]
)

for target in package.targets where target.type != .system {
    target.swiftSettings = strict
}
