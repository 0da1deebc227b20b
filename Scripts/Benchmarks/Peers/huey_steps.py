"""huey's durable steps: enqueue, claim, complete, each a transaction of its own. Prints steps per second, as JSON.

usage: huey_steps.py FOLDER SECONDS
"""
import json
import logging
import sys
import time

from huey import SqliteHuey

folder, seconds = sys.argv[1], float(sys.argv[2])
logging.getLogger("huey").setLevel(logging.ERROR)
# fsync: as durable as orch, whose every commit waits for the disk, too.
huey = SqliteHuey(filename=folder + "/huey.db", fsync=True)


@huey.task()
def step(number):
    return number


def rate(batch):
    """Steps a second when so many are enqueued before the first of them is executed."""
    count, start = 0, time.perf_counter()
    while time.perf_counter() - start < seconds / 6:
        for number in range(batch):
            step(number)
        for _ in range(batch):
            huey.execute(huey.dequeue())
        count += batch
    return count / (time.perf_counter() - start)


print(json.dumps({way: sorted(rate(batch) for _ in range(3))[1] for way, batch in (("one", 1), ("many", 64))}))
