"""One picture of a run: how many times the yardstick's time each server takes, workload by workload. SVG, readable on light and on dark."""

import math
from xml.sax.saxutils import escape

WIDTH, MARGIN, GAP = 960, 24, 28
HEAD, FOOT = 74, 46
NAMES, FIGURES = 138, 44
TITLE, SUBTITLE, ROW, AXIS = 20, 20, 22, 22
COLUMNS = 2
TICKS = [0.25, 0.5, 1, 2, 4, 8, 16, 32]
# Of what neither program nor server is, in the order of the panels; what is wanted of Activator is a dashed line.
PANELS = [
    ("first", None, "First activation, listener handed over", "time of one client; a small C service", 1.4),
    ("asked", None, "The same with User=, limits and a mask", "time of one client", 2.5),
    ("tiny", 1, "A process per connection: tiny", "1 client at a time, its time", 1.6),
    ("tiny", 64, "A process per connection: tiny", "64 clients at a time, time per connection", 1.0),
    ("cat", 1, "A process per connection: /bin/cat", "1 client at a time, its time", None),
    ("cat", 64, "A process per connection: /bin/cat", "64 clients at a time, time per connection", None),
    ("sh", 1, "A process per connection: sh -c", "1 client at a time, its time", None),
    ("sh", 64, "A process per connection: sh -c", "64 clients at a time, time per connection", None),
]
STYLE = """
  text { font: 13px system-ui, -apple-system, "Segoe UI", "DejaVu Sans", sans-serif; fill: #1f2328; }
  .title { font-size: 20px; font-weight: 600; }
  .panel { font-size: 14px; font-weight: 600; }
  .faint { font-size: 12px; fill: #59636e; }
  .own { font-weight: 600; fill: #0969da; }
  .figure { font-variant-numeric: tabular-nums; }
  .paper { fill: #ffffff; }
  .rule { stroke: #d8dee4; stroke-width: 1; }
  .yardstick { stroke: #59636e; stroke-width: 1.5; }
  .wanted { stroke: #bc4c00; stroke-width: 1.5; stroke-dasharray: 4 3; }
  .bar { fill: #8c959f; }
  .ownbar { fill: #0969da; }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3; }
    .faint { fill: #9198a1; }
    .own { fill: #58a6ff; }
    .paper { fill: #0d1117; }
    .rule { stroke: #30363d; }
    .yardstick { stroke: #9198a1; }
    .wanted { stroke: #f0883e; }
    .bar { fill: #7d8590; }
    .ownbar { fill: #58a6ff; }
  }
"""


def draw(run):
    """The text of the picture; `run` is what --json writes."""
    panels = [(*panel, rows) for panel in PANELS if (rows := ratios(run["figures"], panel[0], panel[1]))]
    lines = [panels[i : i + COLUMNS] for i in range(0, len(panels), COLUMNS)]
    largest = max((ratio for *_, rows in panels for _, ratio in rows), default=1)
    smallest = min((ratio for *_, rows in panels for _, ratio in rows), default=1)
    scale = Scale(smallest, largest)
    parts, top = [], HEAD
    for line in lines:
        for column, panel in enumerate(line):
            parts += panel_parts(panel, MARGIN + column * (column_width() + GAP), top, scale)
        top += max(height(panel) for panel in line) + GAP
    total = top - GAP + FOOT
    how = f"{run['cores']} cores, Linux {run['kernel'].split('-')[0]}" + (", a quick run" if run.get("quick") else "")
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {total}" width="{WIDTH}" height="{total}" role="img" '
        f'aria-label="Times of Activator and other super-servers as multiples of a bare loop in C">',
        f"<style>{STYLE}</style>",
        f'<rect class="paper" width="{WIDTH}" height="{total}"/>',
        text(MARGIN, 32, "How many times as long as a bare accept, vfork, exec in C", "title"),
        text(MARGIN, 54, "Left is better. Medians of rounds that took turns; a logarithmic scale, the same everywhere.", "faint"),
        *parts,
        text(MARGIN, total - 18, f"{how}. The client runs on the same cores. Dashed: what is wanted of Activator.", "faint"),
        "</svg>",
        "",
    ])


def ratios(figures, what, concurrency):
    """Times the yardstick's, smallest first; by throughput where many come at a time."""
    rows = {row["peer"]: row for row in figures if row["workload"] in ("spawn", "listen") and what in (row.get("program"), row.get("what"))
            and row.get("concurrency") == concurrency}
    if "limit" not in rows or len(rows) < 2:
        return []
    limit = rows.pop("limit")
    many = concurrency and concurrency > 1
    found = [(name, limit["rate"] / row["rate"] if many else row["p50"] / limit["p50"]) for name, row in rows.items() if row["rate"] and row["p50"]]
    return sorted(found, key=lambda one: one[1])


class Scale:
    """Logarithmic, from one tick to another."""

    def __init__(self, smallest, largest):
        low = max([tick for tick in TICKS if tick <= min(smallest, 0.5)], default=TICKS[0])
        high = min([tick for tick in TICKS if tick >= largest], default=TICKS[-1])
        self.ticks = [tick for tick in TICKS if low <= tick <= high]

    def at(self, ratio):
        """From 0 to 1."""
        low, high = math.log(self.ticks[0]), math.log(self.ticks[-1])
        return min(1, max(0, (math.log(ratio) - low) / (high - low)))


def column_width():
    return (WIDTH - 2 * MARGIN - (COLUMNS - 1) * GAP) / COLUMNS


def height(panel):
    return TITLE + SUBTITLE + len(panel[-1]) * ROW + AXIS


def panel_parts(panel, left, top, scale):
    _, _, title, subtitle, wanted, rows = panel
    begin, length = left + NAMES, column_width() - NAMES - FIGURES
    over, under = top + TITLE + SUBTITLE - 4, top + TITLE + SUBTITLE + len(rows) * ROW
    parts = [text(left, top + 12, title, "panel"), text(left, top + TITLE + 10, subtitle, "faint")]
    for tick in scale.ticks:
        x = begin + length * scale.at(tick)
        parts.append(line(x, over, x, under, "yardstick" if tick == 1 else "rule"))
        parts.append(text(x, under + 15, f"{tick:g}×", "faint", "middle"))
    for number, (name, ratio) in enumerate(rows):
        y = over + 4 + number * ROW
        own = name.startswith("activator") or name.startswith("among")
        end, start = begin + length * scale.at(ratio), begin + length * scale.at(1)
        parts.append(f'<rect class="{"ownbar" if own else "bar"}" x="{min(start, end):.1f}" y="{y + 4}" width="{max(1.5, abs(end - start)):.1f}" height="{ROW - 8}" rx="2"/>')
        parts.append(text(left, y + 15, label(name), "own" if own else ""))
        parts.append(text(left + column_width(), y + 15, f"{ratio:.2f}", "figure own" if own else "figure", "end"))
    if wanted:
        x = begin + length * scale.at(wanted)
        parts.append(line(x, over, x, under, "wanted"))
    return parts


def label(name):
    return {"systemd-socket-activate": "socket-activate", "among 1,000 units": "one of 1,000 units"}.get(name, name)


def text(x, y, words, style="", anchor=""):
    attributes = (f' class="{style}"' if style else "") + (f' text-anchor="{anchor}"' if anchor else "")
    return f'<text x="{x:.1f}" y="{y:.1f}"{attributes}>{escape(words)}</text>'


def line(x1, y1, x2, y2, style):
    return f'<line class="{style}" x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"/>'
