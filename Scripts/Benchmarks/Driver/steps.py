"""Durable steps against huey and dbos; what a step of the hub costs; what the app-server says, as rows."""
from programs import fresh_folder, median
from rows import Row

ONE, MANY = "one after the other", "64 at a time"


def measure_durable(programs):
    """Laps of all, in turns, each in a folder of its own on the same disk; the median lap counts."""
    laps = {"orch": [], "huey": [], "dbos": [], "dbos wal": []}
    seconds = 2 if programs.is_quick else 6
    for _ in range(1 if programs.is_quick else 3):
        with fresh_folder("orch") as folder:
            laps["orch"].append(programs.figures("outbox", folder))
        with fresh_folder("huey") as folder:
            laps["huey"].append(programs.peer("huey_steps.py", folder, seconds))
        with fresh_folder("dbos") as folder:
            laps["dbos"].append(programs.peer("dbos_steps.py", folder, seconds))
        with fresh_folder("dbos") as folder:
            laps["dbos wal"].append(programs.peer("dbos_steps.py", folder, seconds, "wal"))

    def middle(name, key):
        return median([lap[key] for lap in laps[name]])

    huey = {key: middle("huey", key) for key in ("one", "many")}
    dbos = {key: max(middle("dbos", key), middle("dbos wal", key)) for key in ("one", "many")}
    one, many = (middle("orch", f"durable steps, {how}") for how in (ONE, MANY))
    return [
        Row(f"durable steps, {MANY}", many, "1/s", "huey", max(huey.values()), least=2),
        Row(f"durable steps, {MANY}", many, "1/s", "dbos", max(dbos.values()), least=20),
        Row(f"durable steps, {ONE}", one, "1/s", "huey", huey["one"]),
        Row(f"durable steps, {ONE}", one, "1/s", "dbos", dbos["one"]),
    ]


def measure_hub(programs):
    """What one `Hub.step` with one input costs."""
    with fresh_folder("step") as folder:
        figures = programs.figures("steps", folder)
    return [Row(name, value, "µs") for name, value in figures.items()]


def measure_notifications(programs):
    """All threads on one core."""
    with fresh_folder("said") as folder:
        figures = programs.figures("notifications", folder, core=0)
    rate = figures["notifications to durable events"]
    return [
        Row("notifications to durable events", rate, "1/s", least=20_000),
        Row(
            "notifications to durable events", rate, "1/s",
            "50 busy agents", figures["notifications of 50 busy agents"], least=10,
        ),
        Row(
            "token deltas, dropped unread", figures["token deltas left out"], "1/s",
            "50 busy agents", figures["token deltas of 50 busy agents"],
        ),
    ]
