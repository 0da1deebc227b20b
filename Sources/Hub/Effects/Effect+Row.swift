package import OrchStore

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

extension Effect {
    /// The kind, as stored.
    package var kind: String {
        switch self {
        case .startAppServer: "app_server.start"
        case .connect: "app_server.connect"
        case .endAppServer: "app_server.end"
        case .startThread: "thread.start"
        case .syncThread: "thread.sync"
        case .submitTurn: "turn.submit"
        case .interruptTurn: "turn.interrupt"
        case .answer: "request.answer"
        case .prepareWorkspace: "workspace.prepare"
        case .inspectWorkspace: "workspace.inspect"
        case .runExec: "exec.run"
        case .runHook: "hook.run"
        case .setLabels: "issue.labels"
        case .postComment: "issue.comment"
        case .claim: "issue.claim"
        case .showStatus: "issue.status"
        case .react: "issue.react"
        case .push: "branch.push"
        case .openPull: "pull.open"
        case .retireWorkspace: "workspace.retire"
        }
    }

    /// Rows of one lane are performed one at a time, in order.
    package var lane: String {
        switch self {
        case .startAppServer, .connect, .endAppServer: "app_server"
        case .startThread(let it): "thread:\(it.conversation)"
        case .syncThread(let it): "thread:\(it.conversation)"
        case .submitTurn(let it): "turns:\(it.conversation)"
        case .interruptTurn(let it): "interrupt:\(it.threadID)"
        case .answer(let it): "answer:\(it.server):\(it.request)"
        case .prepareWorkspace(let it): "git:\(it.agent)"
        case .inspectWorkspace(let it): "git:\(it.agent)"
        case .runExec: "exec"
        case .runHook(let it): "hook:\(it.worktree)"
        case .setLabels(let it): "issue:\(it.issue)"
        case .postComment(let it): "issue:\(it.issue)"
        case .claim(let it): "issue:\(it.issue)"
        case .showStatus(let it): "issue:\(it.issue)"
        case .react(let it): "issue:\(it.issue)"
        case .push(let it): "issue:\(it.issue)"
        case .openPull(let it): "issue:\(it.issue)"
        case .retireWorkspace(let it): "issue:\(it.issue)"
        }
    }

    /// Whether the deed needs the connection to the app-server.
    package var needsConnection: Bool {
        switch self {
        case .startThread, .syncThread, .submitTurn, .interruptTurn, .answer: true
        default: false
        }
    }

    /// The payload, as stored.
    package func payload() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let data: Data =
            switch self {
            case .startAppServer(let it): try encoder.encode(it)
            case .connect(let it): try encoder.encode(it)
            case .endAppServer(let it): try encoder.encode(it)
            case .startThread(let it): try encoder.encode(it)
            case .syncThread(let it): try encoder.encode(it)
            case .submitTurn(let it): try encoder.encode(it)
            case .interruptTurn(let it): try encoder.encode(it)
            case .answer(let it): try encoder.encode(it)
            case .prepareWorkspace(let it): try encoder.encode(it)
            case .inspectWorkspace(let it): try encoder.encode(it)
            case .runExec(let it): try encoder.encode(it)
            case .runHook(let it): try encoder.encode(it)
            case .setLabels(let it): try encoder.encode(it)
            case .postComment(let it): try encoder.encode(it)
            case .claim(let it): try encoder.encode(it)
            case .showStatus(let it): try encoder.encode(it)
            case .react(let it): try encoder.encode(it)
            case .push(let it): try encoder.encode(it)
            case .openPull(let it): try encoder.encode(it)
            case .retireWorkspace(let it): try encoder.encode(it)
            }
        return String(decoding: data, as: UTF8.self)
    }

    /// Reads a row.
    ///
    /// - Throws: `HubError` when the row is none that this version writes.
    package init(_ row: OutboxRecord) throws {
        let decoder = JSONDecoder()
        let data = Data(row.payload.utf8)
        func read<T: Decodable>(_ type: T.Type) throws -> T { try decoder.decode(type, from: data) }
        do {
            switch row.kind {
            case "app_server.start": self = .startAppServer(try read(StartAppServer.self))
            case "app_server.connect": self = .connect(try read(Connect.self))
            case "app_server.end": self = .endAppServer(try read(EndAppServer.self))
            case "thread.start": self = .startThread(try read(StartThread.self))
            case "thread.sync": self = .syncThread(try read(SyncThread.self))
            case "turn.submit": self = .submitTurn(try read(SubmitTurn.self))
            case "turn.interrupt": self = .interruptTurn(try read(InterruptTurn.self))
            case "request.answer": self = .answer(try read(Answer.self))
            case "workspace.prepare": self = .prepareWorkspace(try read(PrepareWorkspace.self))
            case "workspace.inspect": self = .inspectWorkspace(try read(InspectWorkspace.self))
            case "exec.run": self = .runExec(try read(RunExec.self))
            case "hook.run": self = .runHook(try read(RunHook.self))
            case "issue.labels": self = .setLabels(try read(SetLabels.self))
            case "issue.comment": self = .postComment(try read(PostComment.self))
            case "issue.claim": self = .claim(try read(Claim.self))
            case "issue.status": self = .showStatus(try read(ShowStatus.self))
            case "issue.react": self = .react(try read(React.self))
            case "branch.push": self = .push(try read(Push.self))
            case "pull.open": self = .openPull(try read(OpenPull.self))
            case "workspace.retire": self = .retireWorkspace(try read(RetireWorkspace.self))
            default:
                throw HubError(
                    .unknownEffect,
                    "outbox row \(row.id) is of a kind that this orch does not know: \(row.kind)"
                )
            }
        } catch let error as DecodingError {
            throw HubError(.unknownEffect, "outbox row \(row.id) (\(row.kind)) can't be read: \(error)")
        }
    }
}
