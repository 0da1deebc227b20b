"""A real daemon whose agents have nothing to do: what it takes, and how soon it does what it is told."""
import os
import pathlib
import time
from dataclasses import dataclass

from rows import Row
from stage import stage

AGENTS = 100
HERTZ = os.sysconf("SC_CLK_TCK")


def measure(programs):
    """100 agents get an issue, a worktree and a thread of Codex each, report, and wait: the orchestrator decides nothing."""
    count = 20 if programs.is_quick else AGENTS
    with stage(programs) as place:
        place.start("--wip", str(count), "--autopilot-on")
        place.until("the daemon is up", "SELECT count(*) FROM app_server WHERE state = 'running'", 1, 60)
        for number in range(1, count + 1):
            place.run(programs.orch, "issue", "new", f"Work {number}", "--body", "# Goal\nDo it.\n", "--queue")
        place.until("all agents have reported and wait", IDLE_AGENTS, count, 600)
        place.until("the orchestrator has seen it", OPEN_TURNS, 0, 120)
        time.sleep(5 if programs.is_quick else 30)  # what has begun before ends
        idle = watch(place.daemon.pid, 10 if programs.is_quick else 60)
        syncs = disk_syncs(place.folder / "sync", 100 if programs.is_quick else 500)
        figures = programs.figures("handover", place.repository)
        syncs = sorted(syncs + disk_syncs(place.folder / "sync", len(syncs)))
    name = f"idle daemon, {count} idle agents"
    return [
        Row("command hand-over, p50", figures["command hand-over, p50"], "ms"),
        Row("command hand-over, p99", figures["command hand-over, p99"], "ms", most=10),
        # Each hand-over waits for the disk twice: the client's row, and what the daemon made of it.
        Row("the disk alone: fdatasync, p50", syncs[len(syncs) // 2], "ms"),
        Row("the disk alone: fdatasync, p99", syncs[len(syncs) * 99 // 100], "ms"),
        Row(f"{name}: memory (RSS)", idle.rss_mib, "MiB", most=40),
        Row(f"{name}: CPU, of a core", idle.cpu_percent, "%", most=0.5),
        Row(f"{name}: wake-ups", idle.wakeups, "1/s", most=4),
    ]


IDLE_AGENTS = """
    SELECT count(*) FROM agent AS a WHERE a.role = 'sub' AND a.phase = 'ready'
        AND EXISTS (SELECT 1 FROM turn WHERE turn.agent = a.id AND turn.status = 'completed')
        AND NOT EXISTS (SELECT 1 FROM turn WHERE turn.agent = a.id AND turn.status IN ('queued', 'submitting', 'running'))
    """
OPEN_TURNS = "SELECT count(*) FROM turn WHERE status IN ('queued', 'submitting', 'running')"


@dataclass
class Idle:
    """What a process took while it was watched."""

    rss_mib: float
    cpu_percent: float
    wakeups: float


def watch(pid, seconds):
    """Watches a process; a wake-up is a voluntary context switch of any of its threads, for each wait ends with one."""
    start, cpu = time.monotonic(), cpu_seconds(pid)
    switches, woken, end = thread_switches(pid), 0, start + seconds
    while time.monotonic() < end:
        time.sleep(0.5)  # threads come and go: often enough to count those, too
        now = thread_switches(pid)
        woken += sum(count - switches.get(thread, 0) for thread, count in now.items())
        switches = now
    elapsed = time.monotonic() - start
    return Idle(rss_mib(pid), (cpu_seconds(pid) - cpu) / elapsed * 100, woken / elapsed)


def disk_syncs(path, count):
    """How long the disk takes to keep one page, in milliseconds each time: what no durable step can be quicker than."""
    times = []
    file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        for number in range(count):
            os.pwrite(file, b"x" * 4096, number % 64 * 4096)
            start = time.perf_counter()
            os.fdatasync(file)
            times.append((time.perf_counter() - start) * 1000)
            time.sleep(0.002)  # as between two hand-overs
    finally:
        os.close(file)
    return times


def thread_switches(pid):
    """The voluntary context switches of each thread so far."""
    counts = {}
    for task in pathlib.Path(f"/proc/{pid}/task").iterdir():
        try:
            status = (task / "status").read_text()
        except OSError:
            continue  # it has ended
        counts[task.name] = int(field(status, "voluntary_ctxt_switches"))
    return counts


def cpu_seconds(pid):
    """CPU time of all threads, ended ones included."""
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / HERTZ


def rss_mib(pid):
    """The memory that is resident now, shared pages of its files included."""
    return int(field(pathlib.Path(f"/proc/{pid}/status").read_text(), "VmRSS").split()[0]) / 1024


def field(text, name):
    """A field of a status file."""
    return next(line.split(":", 1)[1] for line in text.splitlines() if line.startswith(name + ":")).strip()
