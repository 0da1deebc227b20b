import ArgumentParser
import OrchStore

/// `--format table|json|jsonl|csv`.
extension ReportFormat: ExpressibleByArgument {}
