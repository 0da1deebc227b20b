"""The programs that take part, and how they are run."""
import json
import os
import pathlib
import statistics
import subprocess
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass

ROOT = pathlib.Path(__file__).resolve().parents[3]
PEERS = ROOT / "Scripts" / "Benchmarks" / "Peers"


class BenchError(Exception):
    """Why a figure can't be taken."""


@dataclass(frozen=True)
class Programs:
    """Where everything is."""

    orch: str
    measures: str
    codex: str
    python: str
    is_quick: bool

    def figures(self, measure, folder, core=None):
        """Has orch-bench take a measure; its figures by name. With a core, on that one alone."""
        command = [self.measures, measure, str(folder)] + (["--quick"] if self.is_quick else [])
        lines = output(command, core=core).splitlines()
        return {figure["name"]: figure["value"] for figure in map(json.loads, lines)}

    def peer(self, script, folder, *arguments):
        """Runs a rival; its figures by name."""
        return json.loads(output([self.python, str(PEERS / script), str(folder), *map(str, arguments)]))


def output(command, core=None, limit=600, **options):
    """What a program prints; it must succeed."""
    pin = None if core is None else lambda: os.sched_setaffinity(0, {core})
    ended = subprocess.run(
        command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=limit, preexec_fn=pin, **options
    )
    if ended.returncode != 0:
        raise BenchError(f"{' '.join(command)} ended with {ended.returncode}: {ended.stderr.strip()[-2000:]}")
    return ended.stdout


def wall(command, folder):
    """The time of a whole process, from before its start to after its end, in milliseconds."""
    silence = [
        (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
        (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0),
    ]
    os.chdir(folder)
    start = time.perf_counter()
    pid = os.posix_spawn(command[0], command, os.environ, file_actions=silence)
    _, status = os.waitpid(pid, 0)
    elapsed = time.perf_counter() - start
    if status != 0:
        raise BenchError(f"{' '.join(command)} ended with {os.waitstatus_to_exitcode(status)}")
    return elapsed * 1000


@contextmanager
def fresh_folder(name):
    """A new folder that goes when it is done with."""
    with tempfile.TemporaryDirectory(prefix=f"orch-bench-{name}-", ignore_cleanup_errors=True) as path:
        yield pathlib.Path(path).resolve()


def median(numbers):
    """The median."""
    return statistics.median(numbers)
