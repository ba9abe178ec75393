"""The square of the pilot study: migrants' value against non-migrants', a point a sample, and the line of equality.

An arrow goes from one census of a country to its next.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from harmonize.report.dots import tick_texts
from harmonize.report.element import Html, element, joined
from harmonize.report.lettering import SIZE, lines_of, width_of
from harmonize.report.marks import RADIUS
from harmonize.report.numbers import Row, is_told, is_unreliable
from harmonize.report.scale import Scale
from harmonize.words import Words

WIDTH = 320.0
LEFT, TOP, SIDE = 40.0, 24.0, 264.0
HEIGHT = TOP + SIDE + 42.0
STEP = RADIUS + 3.0
#: Where a label may stand beside its point: shares of its width and height from the point, the first that is free.
PLACES = ((0, -0.5, 1), (-1, -0.5, -1), (-0.5, -1, 0), (-0.5, 0, 0), (0, -1, 1), (0, 0, 1), (-1, -1, -1), (-1, 0, -1))

Box = tuple[float, float, float, float]
Step = tuple[tuple[float, float], tuple[float, float]]
Place = Callable[[float], float]


@dataclass(frozen=True)
class Point:
    """A sample: its label (`MEX 2010`), country, year and the levels of migrants and of non-migrants."""

    label: str
    country: str
    year: int
    migrants: Row
    others: Row


def points_of(found: Sequence[Point]) -> list[Point]:
    """Those with both numbers."""
    return [point for point in found if is_told(point.migrants) and is_told(point.others)]


def draw_square(words: Words, found: Sequence[Point], anchor: str, unit: str, about: str) -> Html:
    """A figure of the points, which are by country and year."""
    shown = points_of(found)
    # the points alone: their intervals are in the chart beside
    rows = [{**row, "ci_lower": None, "ci_upper": None} for point in shown for row in (point.migrants, point.others)]
    scale = Scale.of(rows)

    def x(value: float) -> float:
        return scale.place(value, LEFT, LEFT + SIDE)

    def y(value: float) -> float:
        return scale.place(value, TOP + SIDE, TOP)

    places = [(x(point.others["estimate"]), y(point.migrants["estimate"])) for point in shown]
    steps = _steps(shown, places)
    boxes = _labelled([point.label for point in shown], places, steps)
    caption = words("Migrants against non-migrants")
    described = words(
        "{what}: a point a sample, migrants upward, non-migrants to the right, and the line where both are equal. "
        "An arrow leads from one census of a country to its next. The numbers are in the table below.",
        what=about,
    )
    picture = element(
        "svg",
        element("title", f"{about}. {caption}", id=f"{anchor}-t"),
        element("desc", described, id=f"{anchor}-d"),
        _frame(words, scale, x, y, unit),
        [_arrow(*ends) for ends in steps],
        [_point(point, at) for point, at in zip(shown, places, strict=True)],
        [
            element("text", point.label, x=box[0], y=box[1] + SIZE * 0.85, class_="label")
            for point, box in zip(shown, boxes, strict=True)
            if box is not None
        ],
        role="img", aria_labelledby=f"{anchor}-t {anchor}-d", viewBox=f"0 0 {WIDTH:g} {HEIGHT:g}", width=WIDTH,
        height=HEIGHT,
    )  # fmt: skip
    without = sum(box is None for box in boxes)
    note = words("Points without a name, for lack of room: {n}. They are in the table below.", n=without)
    return element(
        "figure", element("figcaption", caption), picture, element("p", note, class_="note") if without else Html(),
        class_="panel square",
    )  # fmt: skip


def _frame(words: Words, scale: Scale, x: Place, y: Place, unit: str) -> Html:
    low, high = scale.low, scale.high
    grid = [
        joined(
            element("line", x1=x(each), x2=x(each), y1=TOP, y2=TOP + SIDE, class_="grid"),
            element("line", x1=LEFT, x2=LEFT + SIDE, y1=y(each), y2=y(each), class_="grid"),
        )
        for each in scale.ticks
    ]
    texts = tick_texts(words, scale, SIDE)
    ticks = [
        joined(
            element("text", text, x=x(each), y=TOP + SIDE + SIZE + 3, text_anchor="middle", class_="tick"),
            element("text", text, x=LEFT - 5, y=y(each) + SIZE / 3, text_anchor="end", class_="tick"),
        )
        for each, text in texts
    ]
    across = lines_of(words("non-migrants, {unit}", unit=unit), SIDE)[0]
    upward = lines_of(words("migrants, {unit}", unit=unit), WIDTH)[0]
    return joined(
        grid,
        element("line", x1=x(low), y1=y(low), x2=x(high), y2=y(high), class_="reference"),
        ticks,
        element("text", upward, x=0, y=SIZE, class_="tick migrant"),
        element("text", across, x=LEFT + SIDE, y=HEIGHT - 5, text_anchor="end", class_="tick non_migrant"),
    )


def _point(point: Point, at: tuple[float, float]) -> Html:
    unsure = " unsure" if is_unreliable(point.migrants) or is_unreliable(point.others) else ""
    return element("g", element("circle", cx=at[0], cy=at[1], r=RADIUS, class_="shape"), class_=f"everybody{unsure}")


def _steps(shown: Sequence[Point], places: Sequence[tuple[float, float]]) -> list[Step]:
    """From each census to the next of its country; a country with several samples of a year has no next."""
    times = Counter((point.country, point.year) for point in shown)
    several = {country for (country, _), n in times.items() if n > 1}
    pairs = pairwise(zip(shown, places, strict=True))
    return [
        (before, after)
        for (one, before), (other, after) in pairs
        if one.country == other.country and one.country not in several
    ]


def _arrow(start: tuple[float, float], end: tuple[float, float]) -> Html:
    """From the rim of a point to that of another, with a head; nothing where they touch."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = (dx * dx + dy * dy) ** 0.5
    if length < 4 * RADIUS:
        return Html()
    ux, uy = dx / length, dy / length
    x1, y1, x2, y2 = start[0] + ux * STEP, start[1] + uy * STEP, end[0] - ux * STEP, end[1] - uy * STEP
    head = [
        (x2, y2),
        (x2 - 7 * ux - 3.5 * uy, y2 - 7 * uy + 3.5 * ux),
        (x2 - 7 * ux + 3.5 * uy, y2 - 7 * uy - 3.5 * ux),
    ]
    return joined(
        element("line", x1=x1, y1=y1, x2=x2, y2=y2, class_="arrow"),
        element("polygon", points=" ".join(f"{a:.2f},{b:.2f}" for a, b in head), class_="head"),
    )


def _labelled(labels: Sequence[str], places: Sequence[tuple[float, float]], steps: Sequence[Step]) -> list[Box | None]:
    """A box for each label beside its point that touches no point and no other label; None where there is none.

    One that no arrow crosses comes first.
    """
    taken: list[Box] = [(x - RADIUS, y - RADIUS, x + RADIUS, y + RADIUS) for x, y in places]
    found: list[Box | None] = []
    for label, (x, y) in zip(labels, places, strict=True):
        width, height = width_of(label), SIZE * 1.1
        tries = (
            (x + right * width + side * STEP, y + down * height + _off(down, side)) for right, down, side in PLACES
        )
        boxes = ((left, top, left + width, top + height) for left, top in tries)
        room = [box for box in boxes if _inside(box) and not any(_touch(box, other) for other in taken)]
        clear = (box for box in room if not any(_crossed(box, *step) for step in steps))
        free = next(clear, room[0] if room else None)
        found.append(free)
        if free is not None:
            taken.append(free)
    return found


def _off(down: float, side: int) -> float:
    """How far above or below its point a label stands that is not level with it."""
    return 0.0 if down == -0.5 else (-1 if down < 0 else 1) * (STEP if side == 0 else STEP / 2)


def _inside(box: Box) -> bool:
    return box[0] >= LEFT and box[1] >= TOP and box[2] <= WIDTH and box[3] <= TOP + SIDE


def _touch(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _crossed(box: Box, start: tuple[float, float], end: tuple[float, float]) -> bool:
    """Whether the line between two points goes through the box (Liang and Barsky's clipping)."""
    enters, leaves = 0.0, 1.0
    for axis in (0, 1):
        along = end[axis] - start[axis]
        near, far = box[axis] - start[axis], box[axis + 2] - start[axis]
        if abs(along) < 1e-9:
            if not near < 0 < far:
                return False
            continue
        first, last = sorted((near / along, far / along))
        enters, leaves = max(enters, first), min(leaves, last)
    return enters < leaves
