"""Takes the measures, prints them, and holds them against their targets. `Scripts/bench` builds what this runs.

Exit codes: 0 all targets are met, 1 one is missed (only told with --quick), 70 a measure could not be taken.
"""
import argparse
import os
import platform
import sys

import daemon
import queries
import rows
import steps
from programs import ROOT, BenchError, Programs

MEASURES = {
    "query": queries.measure,
    "daemon": daemon.measure,
    "durable": steps.measure_durable,
    "notifications": steps.measure_notifications,
    "step": steps.measure_hub,
}


def main():
    parser = argparse.ArgumentParser(prog="Scripts/bench", description="Measure orch against its targets and its rivals.")
    parser.add_argument("--quick", action="store_true", help="small counts, one lap: a missed target is told, and no more")
    parser.add_argument("--only", choices=MEASURES, action="append", help="take this measure alone (again for more)")
    parser.add_argument("--bin", required=True, help=argparse.SUPPRESS)
    options = parser.parse_args()
    programs = Programs(
        orch=options.bin + "/orch",
        measures=options.bin + "/orch-bench",
        codex=str(ROOT / ".tools/codex/bin/codex"),
        python=sys.executable,
        is_quick=options.quick,
    )
    found, failures = [], []
    for name in options.only or MEASURES:
        print(f"bench: {name}", file=sys.stderr, flush=True)
        try:
            found += MEASURES[name](programs)
        except BenchError as error:
            failures.append(f"{name}: {error}")
    print(f"{os.cpu_count()} × {cpu_name()}, Linux {platform.release()}; load before and after: {LOAD_BEFORE}, {load()}")
    print("\n".join(rows.table(found)))
    rows.write(found, ROOT / ".build" / "bench.json")
    for failure in failures:
        print(f"bench: not measured: {failure}", file=sys.stderr)
    missed = [row for row in found if not row.is_met]
    for row in missed:
        print(f"bench: target missed: {row.name}: {rows.short(row.judged)}, not {row.target}", file=sys.stderr)
    return 70 if failures else 1 if missed and not options.quick else 0


def cpu_name():
    """The processor's model."""
    with open("/proc/cpuinfo", encoding="utf-8") as file:
        names = [line.partition(":")[2].strip() for line in file if line.startswith("model name")]
    return names[0] if names else platform.machine()


def load():
    """How many processes wanted a core in the last minute."""
    return f"{os.getloadavg()[0]:.1f}"


LOAD_BEFORE = load()
sys.exit(main())
