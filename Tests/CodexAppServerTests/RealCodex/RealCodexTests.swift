import Testing

/// Everything that runs the real codex, one after the other: each server takes 100 MB.
@Suite(.serialized, .timeLimit(.minutes(3)))
struct RealCodexTests {}
