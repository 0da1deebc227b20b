import Glibc
import OrchCommands

// A reader that has gone (`orch query events | head`) is told by EPIPE, and ends orch quietly.
signal(SIGPIPE, SIG_IGN)
exit(await CommandLineTool.run(Array(CommandLine.arguments.dropFirst()), .live()))
