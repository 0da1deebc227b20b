"""The rows of the result: one figure each, what it is held against, and what is asked of it."""
import json
from dataclasses import dataclass


@dataclass
class Row:
    """A figure of orch's.

    `least` and `most` bound the ratio when there is a rival, else the value; without them the row only informs.
    """

    name: str
    value: float
    unit: str
    rival: str | None = None
    rival_value: float | None = None
    least: float | None = None
    most: float | None = None

    @property
    def ratio(self):
        """orch's value divided by the rival's: of times, small is good; of rates, large is."""
        return self.value / self.rival_value if self.rival_value else None

    @property
    def judged(self):
        """What the target is about."""
        return self.value if self.rival is None else self.ratio

    @property
    def is_met(self):
        """Whether the target is met; a row without one always is."""
        if self.least is None and self.most is None:
            return True
        if self.judged is None:
            return False
        return (self.least is None or self.judged >= self.least) and (self.most is None or self.judged <= self.most)

    @property
    def target(self):
        """The target in words."""
        if self.least is None and self.most is None:
            return ""
        sign, bound = ("≥", self.least) if self.least is not None else ("≤", self.most)
        return f"{sign} {short(bound)}{'' if self.rival is None else '×'}"


def short(number):
    """A number with three significant digits, thousands apart."""
    if number is None:
        return ""
    if abs(number) >= 1000:
        digits = len(str(int(abs(number)))) - 3
        return f"{round(number, -digits):,.0f}"
    text = f"{number:.3g}"
    return f"{number:.0f}" if "e" in text else text


def table(rows):
    """The rows as lines of aligned text, after a line of titles."""
    lines = [("what", "orch", "unit", "rival", "its value", "ratio", "target", "")]
    for row in rows:
        verdict = "" if not row.target else "met" if row.is_met else "MISSED"
        ratio = short(row.ratio) + "×" if row.ratio else ""
        lines.append(
            (row.name, short(row.value), row.unit, row.rival or "", short(row.rival_value), ratio, row.target, verdict)
        )
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]
    numbers = {1, 4, 5, 6}
    return [
        "  ".join(
            cell.rjust(width) if column in numbers else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(line, widths))
        ).rstrip()
        for line in lines
    ]


def write(rows, path):
    """Writes what other programs read: an array of objects whose keys stay."""
    keys = ("name", "value", "unit", "rival", "rival_value", "ratio")
    objects = [{key: getattr(row, key) for key in keys} for row in rows]
    with open(path, "w", encoding="utf-8") as file:
        json.dump(objects, file, indent=2, ensure_ascii=False)
        file.write("\n")
