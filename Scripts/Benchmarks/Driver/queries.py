"""`orch query` against the sqlite3 shell with the same SQL."""
import shutil

from programs import BenchError, fresh_folder, median, wall
from rows import Row

REPORTS = ("stalls", "decisions")


def measure(programs):
    """Whole processes on a database of a year, in turns: both see the same noise."""
    shell = shutil.which("sqlite3")
    if shell is None:
        raise BenchError("there is no sqlite3: Scripts/bench installs it")
    rows = []
    with fresh_folder("query") as folder:
        programs.figures("history", folder)
        database = str(folder / ".orch" / "orch.db")
        for report in REPORTS:
            sql = (folder / f"{report}.sql").read_text(encoding="utf-8")
            ours = [programs.orch, "query", report]
            theirs = [shell, "-readonly", database, sql]
            times = {"ours": [], "theirs": []}
            for _ in range(5):  # whatever is read for the first time
                wall(ours, folder), wall(theirs, folder)
            for _ in range(40 if programs.is_quick else 300):
                times["ours"].append(wall(ours, folder))
                times["theirs"].append(wall(theirs, folder))
            rows.append(
                Row(f"orch query {report}", median(times["ours"]), "ms", "sqlite3", median(times["theirs"]), most=3)
            )
    return rows
