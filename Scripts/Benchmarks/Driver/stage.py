"""A repository with a real daemon and the real Codex, whose model is on loopback; nothing of it is left behind."""
import os
import pathlib
import signal
import sqlite3
import subprocess
import time
from contextlib import contextmanager

from model import model
from programs import BenchError, fresh_folder, output

CODEX_CONFIG = """\
model = "gpt-5.5"
model_provider = "bench"

[model_providers.bench]
name = "bench"
base_url = "http://127.0.0.1:{port}/v1"
wire_api = "responses"
env_key = "BENCH_KEY"
"""


class Stage:
    """The repository, and its daemon once it is started."""

    def __init__(self, programs, folder, port):
        self.programs = programs
        self.folder = folder
        self.repository = folder / "project"
        self.log = folder / "daemon.log"
        self.daemon = None
        for name in ("home", "tmp", "codex", "run", "project"):
            (folder / name).mkdir(mode=0o700)
        self.environment = {
            "PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": str(folder / "home"), "TMPDIR": str(folder / "tmp"),
            "LC_ALL": "C.UTF-8", "CODEX_HOME": str(folder / "codex"), "XDG_RUNTIME_DIR": str(folder / "run"),
            "BENCH_KEY": "bench", "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull,
        }
        (folder / "codex" / "config.toml").write_text(CODEX_CONFIG.format(port=port), encoding="utf-8")
        (self.repository / "README.md").write_text("# Project\n", encoding="utf-8")
        self.run("git", "init", "--quiet", "--initial-branch=main")
        self.run("git", "config", "user.name", "Bench")
        self.run("git", "config", "user.email", "bench@localhost")
        self.run("git", "add", ".")
        self.run("git", "commit", "--quiet", "-m", "Begin")

    def run(self, *command):
        """Runs a program in the repository; what it prints."""
        return output(list(command), cwd=self.repository, env=self.environment)

    def start(self, *flags):
        """Starts the daemon."""
        with open(self.log, "ab") as log:
            self.daemon = subprocess.Popen(
                [self.programs.orch, "daemon", "--codex-path", self.programs.codex, *flags],
                cwd=self.repository, env=self.environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            )

    def values(self, sql):
        """The rows of a query."""
        path = self.repository / ".orch" / "orch.db"
        if not path.exists():
            return []
        db = sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=10)
        try:
            return db.execute(sql).fetchall()
        except sqlite3.OperationalError as error:
            if "no such table" in str(error):  # the daemon is about to make it
                return []
            raise
        finally:
            db.close()

    def until(self, what, sql, wanted, limit):
        """Waits until a query gives a number."""
        end = time.monotonic() + limit
        while (found := self.values(sql)) != [(wanted,)]:
            if self.daemon.poll() is not None:
                raise BenchError(f"the daemon ended before {what}: {self.last_words()}")
            if time.monotonic() > end:
                raise BenchError(f"{what}: not within {limit} s, but {found}: {self.last_words()}")
            time.sleep(0.2)

    def last_words(self):
        """The end of the daemon's log."""
        return self.log.read_text(encoding="utf-8", errors="replace")[-2000:]

    def end(self):
        """Ends the daemon, then what it leaves running on purpose: each process is proven to be ours by a secret."""
        if self.daemon is not None:
            self.daemon.terminate()
            try:
                self.daemon.wait(10)
            except subprocess.TimeoutExpired:
                self.daemon.kill()
                self.daemon.wait()
        tokens = [token.encode() for (token,) in self.values("SELECT token FROM app_server")]
        for _ in range(50):
            left = [pid for pid in processes() if any(token in environment(pid) for token in tokens)]
            for pid in left:
                kill(pid)
            if not left:
                return
            time.sleep(0.1)
        raise BenchError(f"these processes of the bench can't be ended: {left}")


def processes():
    """All process ids."""
    return [int(path.name) for path in pathlib.Path("/proc").iterdir() if path.name.isdigit()]


def environment(pid):
    """The environment that a process was started with; empty if it is gone or not ours to read."""
    try:
        return pathlib.Path(f"/proc/{pid}/environ").read_bytes()
    except OSError:
        return b""


def kill(pid):
    """Ends a process, unless it is gone."""
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        pass


@contextmanager
def stage(programs):
    """A stage while the body runs."""
    with fresh_folder("daemon") as folder, model() as port:
        made = Stage(programs, folder, port)
        try:
            yield made
        finally:
            made.end()
