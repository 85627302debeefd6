"""Where everything on the line is drawn: winding in rows on a wide page, straight down on a phone. Whole pixels."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from samlop.core.languages import direction
from samlop.plan.line.lettering import wrap
from samlop.plan.line.stations import Goal, Line, Shape, Station

TITLE, SMALL = 15, 13
BOLD = 1.1
"""Bold letters are so much wider."""
LINE_HEIGHT = {TITLE: 19, SMALL: 17}


@dataclass(frozen=True)
class Words:
    """One line of text: where (the baseline), how (a class of the style sheet), and in which language."""

    x: int
    y: int
    text: str
    look: str
    language: str = ""
    towards: str = ""


@dataclass(frozen=True)
class Mark:
    """A shape on the line with the words that belong to it."""

    shape: Shape
    x: int
    y: int
    words: list[Words] = field(default_factory=list)


@dataclass(frozen=True)
class GoalCard:
    """The card at the end of the line."""

    x: int
    y: int
    width: int
    height: int
    words: list[Words]
    flag: tuple[int, int]


@dataclass(frozen=True)
class Picture:
    """A drawing: its size, the way behind and ahead, the marks and the goal."""

    width: int
    height: int
    behind: str
    ahead: str
    marks: list[Mark]
    goal: GoalCard
    bends: list[tuple[int, int]]
    """Where the way behind bends down; an arrow there shows which way to read."""
    anchor: str
    """How the words stand at their place: ``middle`` or ``start`` (attribute ``text-anchor``)."""


@dataclass
class _Way:
    """The way being drawn: behind until today's mark, then ahead."""

    behind: list[str] = field(default_factory=list)
    ahead: list[str] = field(default_factory=list)
    is_ahead: bool = False
    bends: list[tuple[int, int, bool]] = field(default_factory=list)
    x: int = 0
    y: int = 0

    def start(self, x: int, y: int) -> None:
        self.x, self.y = x, y
        self._now().append(f"M{x} {y}")

    def to(self, command: str, x: int, y: int) -> None:
        self._now().append(command)
        self.x, self.y = x, y

    def line(self, x: int, y: int) -> None:
        if (x, y) != (self.x, self.y):
            self.to(f"L{x} {y}", x, y)

    def turn(self) -> None:
        """From here the way lies ahead."""
        self.is_ahead = True
        self.ahead.append(f"M{self.x} {self.y}")

    def _now(self) -> list[str]:
        return self.ahead if self.is_ahead else self.behind


# ---- wide ----

WIDE = 1160
EDGE = 124
"""From the side of the drawing to the first station; the way bends in this room."""
UNITS = 5.0
UNIT = (WIDE - 2 * EDGE) / UNITS
ROW = 196
TOP = 64
BELOW = 34


def wide(line: Line) -> Picture:
    """The line winding in rows of five stations, every other row from the right, with the goal across the bottom."""
    rows = _rows(line.stations)
    way, marks = _Way(), []
    last = max(len(rows) - 1, 0)
    for number, row in enumerate(rows or [[]]):
        y, rightwards = TOP + number * ROW, number % 2 == 0
        _enter(way, number, y, rightwards)
        for station, at in row:
            x = round(EDGE + at * UNIT) if rightwards else round(WIDE - EDGE - at * UNIT)
            way.line(x, y)
            marks.append(_wide_mark(station, x, y, line.language))
            if station.shape is Shape.TODAY:
                way.turn()
    if line.today_at is None:
        way.is_ahead = False
    goal = _wide_goal(way, line.goal, TOP + last * ROW, last % 2 == 0)
    height = goal.y + goal.height + 2
    return Picture(WIDE, height, " ".join(way.behind), " ".join(way.ahead), marks, goal, _arrows(way), "middle")


def _rows(stations: list[Station]) -> list[list[tuple[Station, float]]]:
    """Stations with their place in a row, in units: a step takes one, a talk and today a half."""
    rows: list[list[tuple[Station, float]]] = []
    filled = UNITS + 1
    for station in stations:
        room = 0.56 if station.is_small else 1.0
        if filled + room > UNITS + 0.001:
            rows.append([])
            filled = 0.0
        rows[-1].append((station, filled + room / 2))
        filled += room
    return rows


def _arrows(way: _Way) -> list[tuple[int, int]]:
    return [(x, y) for x, y, is_ahead in way.bends if not is_ahead]


def _enter(way: _Way, number: int, y: int, rightwards: bool) -> None:
    if number == 0:
        way.start(round(EDGE + UNIT / 2), y)
        return
    # Out to the side, round, and back: a half circle between the rows.
    side = EDGE if rightwards else WIDE - EDGE
    way.line(side, y - ROW)
    radius = ROW // 2
    way.to(f"A{radius} {radius} 0 0 {0 if rightwards else 1} {side} {y}", side, y)
    way.bends.append((side - radius if rightwards else side + radius, y - radius, way.is_ahead))


def _wide_mark(station: Station, x: int, y: int, language: str) -> Mark:
    if station.is_small:
        words = [Words(x, y - 40, station.title, "line-title"), Words(x, y - 23, station.when, "line-small")]
        return Mark(station.shape, x, y, words)
    room = round(UNIT) - 22
    words, at = [], y + BELOW + 6
    for text in wrap(station.title, TITLE, room / BOLD, 3):
        words.append(Words(x, at, text, "line-title"))
        at += LINE_HEIGHT[TITLE]
    if station.title_own:
        for text in wrap(station.title_own, SMALL, room, 1):
            words.append(Words(x, at, text, "line-own", language, direction(language)))
            at += LINE_HEIGHT[SMALL]
    for text, look in ((station.status, "line-status"), (station.when, "line-small")):
        for part in wrap(text, SMALL, room, 2):
            words.append(Words(x, at, part, look))
            at += LINE_HEIGHT[SMALL]
    return Mark(station.shape, x, y, words)


def _wide_goal(way: _Way, goal: Goal, y: int, rightwards: bool) -> GoalCard:
    """The way bends down into the card; the flag stands where it comes in."""
    bend = 60
    outwards = 1 if rightwards else -1
    x = min(max(way.x + outwards * 100, EDGE), WIDE - EDGE)
    top = y + ROW - 36
    if not way.behind and not way.ahead:
        way.start(EDGE, y)
    way.line(x, y)
    way.to(f"a{bend} {bend} 0 0 {1 if rightwards else 0} {outwards * bend} {bend}", x + outwards * bend, y + bend)
    flag = way.x
    way.line(flag, top - 22)
    words = _goal_words(goal, WIDE // 2, top + 52, WIDE - 160, 24, 18)
    return GoalCard(2, top, WIDE - 4, words[-1].y - top + 30, words, (flag, top))


# ---- tall ----

TALL = 320
LEFT = 30
TEXT_AT = 66


def tall(line: Line) -> Picture:
    """The line straight down, words to the right of each mark: for a phone."""
    way, marks = _Way(), []
    y = 28
    way.start(LEFT, 6)
    for station in line.stations:
        way.line(LEFT, y)
        words = _tall_words(station, y, line.language)
        marks.append(Mark(station.shape, LEFT, y, words))
        if station.shape is Shape.TODAY:
            way.turn()
        y = max(y + 56, words[-1].y + 36)
    top = y + 18
    way.line(LEFT, top - 22)
    words = _goal_words(line.goal, TALL // 2, top + 40, TALL - 40, 19, 16)
    card = GoalCard(2, top, TALL - 4, words[-1].y - top + 24, words, (LEFT, top))
    return Picture(TALL, card.y + card.height + 2, " ".join(way.behind), " ".join(way.ahead), marks, card, [], "start")


def _tall_words(station: Station, y: int, language: str) -> list[Words]:
    room = TALL - TEXT_AT - 6
    words, at = [], y + 5
    for text in wrap(station.title, TITLE, room / BOLD, 4):
        words.append(Words(TEXT_AT, at, text, "line-title"))
        at += LINE_HEIGHT[TITLE]
    for text in wrap(station.title_own, SMALL, room, 2):
        # «start» is the right side for a text that runs from the right.
        towards = direction(language)
        words.append(Words(TALL - 6 if towards == "rtl" else TEXT_AT, at, text, "line-own", language, towards))
        at += LINE_HEIGHT[SMALL]
    for text, look in ((station.status, "line-status"), (station.when, "line-small")):
        for part in wrap(text, SMALL, room, 2):
            words.append(Words(TEXT_AT, at, part, look))
            at += LINE_HEIGHT[SMALL]
    return words


def _goal_words(goal: Goal, x: int, y: int, room: int, large: int, medium: int) -> list[Words]:
    """The goal in the middle of its card: own words large, then Norwegian, then when."""
    words = []
    first = [(goal.own, large, "line-goal-own", goal.language)] if goal.own else []
    norwegian = (goal.text, medium if goal.own else large, "line-goal" if goal.own else "line-goal-own", "")
    missing = (_("Målet er ikke skrevet ennå"), medium, "line-goal", "")
    for text, size, look, language in [*first, norwegian] if goal.is_written else [missing]:
        for part in wrap(text, size, room, 6):
            words.append(Words(x, y, part, look, language, direction(language) if language else ""))
            y += round(size * 1.4)
        y += 4
    for part in wrap(goal.when, SMALL, room, 3):
        words.append(Words(x, y + 2, part, "line-small"))
        y += LINE_HEIGHT[SMALL]
    return words
