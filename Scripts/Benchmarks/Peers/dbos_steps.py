"""dbos's durable steps, each recorded when it is done, in workflows of ten. Prints steps per second, as JSON.

usage: dbos_steps.py FOLDER SECONDS [wal]
"""
import json
import logging
import os
import sqlite3
import sys
import time
from concurrent.futures import ThreadPoolExecutor

folder, seconds = sys.argv[1], float(sys.argv[2])
path = folder + "/dbos.sqlite"
if "wal" in sys.argv:  # not its default, but faster
    sqlite3.connect(path).execute("PRAGMA journal_mode = WAL")
os.environ["DBOS__LOG_LEVEL"] = "ERROR"

from dbos import DBOS  # noqa: E402

logging.disable(logging.CRITICAL)
DBOS(config={"name": "bench", "system_database_url": "sqlite:///" + path, "run_admin_server": False, "log_level": "CRITICAL"})


@DBOS.step()
def step(number):
    return number


@DBOS.workflow()
def ten(number):
    return sum(step(number + offset) for offset in range(10))


def rate(workers):
    """Steps a second when so many workflows run at the same time."""
    with ThreadPoolExecutor(workers) as pool:
        count, start = 0, time.perf_counter()
        while time.perf_counter() - start < seconds / 6:
            list(pool.map(ten, range(workers)))
            count += 10 * workers
        return count / (time.perf_counter() - start)


DBOS.launch()
ten(0)
print(json.dumps({way: sorted(rate(workers) for _ in range(3))[1] for way, workers in (("one", 1), ("many", 8))}), flush=True)
DBOS.destroy()
os._exit(0)  # its threads would go on
