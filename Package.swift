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

/// How the program is linked: it exports nothing, and its relocations are packed.
///
/// What nobody calls is left out, then: a tenth of its code, of which a daemon has most in memory.
let lean: [LinkerSetting] = [
    .unsafeFlags(
        [
            "-use-ld=lld", "-Xlinker", "--no-export-dynamic", "-Xlinker", "-z", "-Xlinker", "pack-relative-relocs",
        ],
        .when(platforms: [.linux], configuration: .release)
    )
]

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let asyncAlgorithms = Target.Dependency.product(name: "AsyncAlgorithms", package: "swift-async-algorithms")
let asyncHTTPClient = Target.Dependency.product(name: "AsyncHTTPClient", package: "async-http-client")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let hummingbirdCore = Target.Dependency.product(name: "HummingbirdCore", package: "hummingbird")
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioHTTP1 = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let nioHTTPCompression = Target.Dependency.product(name: "NIOHTTPCompression", package: "swift-nio-extras")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let nioSSL = Target.Dependency.product(name: "NIOSSL", package: "swift-nio-ssl")
let nioWebSocket = Target.Dependency.product(name: "NIOWebSocket", package: "swift-nio")
let serviceLifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let unixSignals = Target.Dependency.product(name: "UnixSignals", package: "swift-service-lifecycle")
let subprocess = Target.Dependency.product(name: "Subprocess", package: "swift-subprocess")
let systemPackage = Target.Dependency.product(name: "SystemPackage", package: "swift-system")
let toml = Target.Dependency.product(name: "TOMLKit", package: "TOMLKit")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")

let package = Package(
    name: "orch",
    products: [
        .executable(name: "orch", targets: ["orch"])
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-async-algorithms", from: "1.1.4"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.34.0"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/LebJe/TOMLKit", from: "0.6.0"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
    ],
    targets: [
        .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
        .systemLibrary(name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),
        .systemLibrary(name: "CLinux"),
        .target(name: "SQLite", dependencies: ["CSQLite"]),
        .target(name: "Zstd", dependencies: ["CZstd"]),
        .target(
            name: "Migrations",
            path: "Migrations",
            resources: [
                .embedInCode("m0001_init.sql"), .embedInCode("m0002_reports.sql"), .embedInCode("m0003_tracker.sql"),
            ]
        ),
        .target(name: "OrchCore"),
        .target(name: "Timers"),
        .target(name: "OrchStore", dependencies: ["SQLite", "Zstd", "Migrations", "OrchCore", crypto]),
        .target(
            name: "CodexAppServer",
            dependencies: [
                "CLinux", "OrchCore", "Timers", nioCore, nioHTTP1, nioPosix, nioWebSocket, logging, asyncAlgorithms,
                subprocess, systemPackage, toml,
            ]
        ),
        .target(
            name: "GitHub",
            dependencies: [
                "OrchCore", "Timers", asyncHTTPClient, nioCore, nioHTTP1, nioHTTPCompression, nioPosix, nioSSL, logging,
                subprocess, systemPackage,
            ]
        ),
        .target(name: "Trackers", dependencies: ["OrchCore"]),
        .target(name: "Workspaces", dependencies: ["OrchCore", "Timers", subprocess, systemPackage]),
        .target(name: "Settings", dependencies: ["OrchCore", yams, toml]),
        .target(
            name: "Hub",
            dependencies: [
                "CLinux", "OrchCore", "OrchStore", "SQLite", "CodexAppServer", "GitHub", "Trackers", "Workspaces",
                "Settings", "Timers", logging, serviceLifecycle, unixSignals, asyncAlgorithms,
            ]
        ),
        .target(
            name: "ModelServer",
            dependencies: ["OrchCore", "Zstd", hummingbird, httpTypes, nioCore, logging, serviceLifecycle]
        ),
        .target(
            name: "OrchCommands",
            dependencies: [
                "OrchCore", "OrchStore", "SQLite", "Hub", "CodexAppServer", "GitHub", "Workspaces", "Settings",
                "ModelServer",
                argumentParser, logging, serviceLifecycle, unixSignals, subprocess, systemPackage,
            ]
        ),
        .executableTarget(name: "orch", dependencies: ["OrchCommands"], linkerSettings: lean),
        .executableTarget(  // what `Scripts/bench` measures with
            name: "orch-bench",
            dependencies: [
                "Hub", "OrchCore", "OrchStore", "SQLite", "CodexAppServer", "Settings", "OrchTestSupport", logging,
            ],
            path: "Scripts/Benchmarks/Measures"
        ),
        .target(name: "OrchTestSupport", dependencies: ["OrchCore", "OrchStore", "SQLite"], path: "Tests/Support"),
        .target(  // a GitHub on loopback, for tests and the demo
            name: "GitHubServer",
            dependencies: ["OrchCore", hummingbirdCore, httpTypes, nioCore, nioPosix, logging, serviceLifecycle],
            path: "Tests/GitHubServer"
        ),
        .testTarget(
            name: "GitHubServerTests",
            dependencies: [
                "GitHub", "GitHubServer", "orch-github-server", "OrchCore", "OrchTestSupport", logging, nioCore,
                nioPosix,
                subprocess, systemPackage,
            ]
        ),
        .executableTarget(
            name: "orch-github-server",
            dependencies: ["GitHubServer", "OrchCore", argumentParser, logging, serviceLifecycle, unixSignals],
            path: "Tests/GitHubServerTool"
        ),
        .testTarget(name: "SQLiteTests", dependencies: ["SQLite", "OrchTestSupport"]),
        .testTarget(name: "TimersTests", dependencies: ["Timers"]),
        .testTarget(name: "OrchCoreTests", dependencies: ["OrchCore"]),
        .testTarget(name: "OrchStoreTests", dependencies: ["OrchStore", "SQLite", "OrchTestSupport"]),
        .testTarget(
            name: "CodexAppServerTests",
            dependencies: [
                "CodexAppServer", "ModelServer", "OrchCore", "OrchTestSupport", logging, nioCore, nioHTTP1, nioPosix,
                nioWebSocket,
            ]
        ),
        .testTarget(
            name: "GitHubTests",
            dependencies: ["GitHub", "OrchCore", "OrchTestSupport", nioCore, nioPosix, logging]
        ),
        .testTarget(name: "WorkspacesTests", dependencies: ["Workspaces", "OrchTestSupport"]),
        .testTarget(name: "SettingsTests", dependencies: ["Settings", "OrchTestSupport"]),
        .testTarget(
            name: "ModelServerTests",
            dependencies: [
                "ModelServer", "OrchCore", "Zstd", logging, nioCore, nioPosix, serviceLifecycle, subprocess,
                systemPackage,
            ]
        ),
        .testTarget(
            name: "HubTests",
            dependencies: [
                "Hub", "OrchCore", "OrchStore", "SQLite", "CodexAppServer", "GitHub", "Trackers", "Workspaces",
                "Settings",
                "OrchTestSupport",
                logging, serviceLifecycle,
            ]
        ),
        .testTarget(
            name: "OrchCommandsTests",
            dependencies: [
                "OrchCommands", "OrchCore", "OrchStore", "SQLite", "Hub", "CodexAppServer", "GitHub", "GitHubServer",
                "Workspaces", "Settings", "OrchTestSupport",
                argumentParser, yams,
            ]
        ),
        .testTarget(name: "Simulation", dependencies: ["Hub", "OrchStore", "SQLite", "OrchTestSupport"]),
        .testTarget(
            name: "EndToEnd",
            dependencies: [
                "orch", "CodexAppServer", "GitHubServer", "ModelServer", "OrchCore", "OrchStore", "SQLite",
                "OrchTestSupport",
            ]
        ),
    ],
    swiftLanguageModes: [.v6]
)

for target in package.targets where target.type != .system {
    target.swiftSettings = strict
}

/// `ORCH_FOCUS=Name` keeps only that target and what it needs, so that one module builds and tests while others are in pieces.
if let focus = Context.environment["ORCH_FOCUS"] {
    var wanted: Set<String> = []
    var left = [focus]
    while let name = left.popLast() {
        guard wanted.insert(name).inserted, let target = package.targets.first(where: { $0.name == name }) else {
            continue
        }
        for dependency in target.dependencies {
            switch dependency {
            case .byNameItem(let name, _), .targetItem(let name, _): left.append(name)
            default: break
            }
        }
    }
    package.targets.removeAll { !wanted.contains($0.name) }
    package.products.removeAll { _ in !wanted.contains("orch") }
}
