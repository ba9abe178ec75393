"""The marks of a chart: a shape for each group, so that none is told by its colour alone, and its interval."""

from __future__ import annotations

from collections.abc import Callable

from harmonize.report.element import Html, element, joined
from harmonize.report.numbers import Row, is_unreliable
from harmonize.report.scale import Scale

RADIUS = 4.5
ARROW = 4.0


def mark(kind: str, row: Row, at: Callable[[float], float], scale: Scale, y: float) -> Html:
    """Interval and shape of a number; hollow and dashed where it is unreliable.

    An interval that goes on beyond the axis ends in an arrow.
    """
    unsure = "unsure" if is_unreliable(row) else None
    return element("g", _interval(row, at, scale, y), shape(kind, at(row["estimate"]), y), class_=unsure)


def shape(kind: str, x: float, y: float) -> Html:
    """A circle for migrants, a diamond for non-migrants, a square for everybody."""
    if kind == "migrant":
        return element("circle", cx=x, cy=y, r=RADIUS, class_="shape")
    reach = RADIUS + 1.0 if kind == "non_migrant" else RADIUS - 0.5
    corners = (
        [(x, y - reach), (x + reach, y), (x, y + reach), (x - reach, y)]
        if kind == "non_migrant"
        else [(x - reach, y - reach), (x + reach, y - reach), (x + reach, y + reach), (x - reach, y + reach)]
    )
    return element("polygon", points=" ".join(f"{a:.2f},{b:.2f}" for a, b in corners), class_="shape")


def _interval(row: Row, at: Callable[[float], float], scale: Scale, y: float) -> Html:
    lower, upper = row["ci_lower"], row["ci_upper"]
    if lower is None or upper is None:
        return Html()
    line = element("line", x1=at(lower), x2=at(upper), y1=y, y2=y, class_="interval")
    return joined(line, _end(at(lower), y, -1, scale.holds(lower)), _end(at(upper), y, 1, scale.holds(upper)))


def _end(x: float, y: float, way: int, whole: bool) -> Html:
    """A short stroke at the end of an interval, an arrow where it goes on."""
    if whole:
        return element("line", x1=x, x2=x, y1=y - 3, y2=y + 3, class_="interval cap")
    back = x - way * ARROW
    return element("polyline", points=f"{back:.2f},{y - ARROW:g} {x:.2f},{y:g} {back:.2f},{y + ARROW:g}", class_="end")
