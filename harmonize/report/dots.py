"""The chart of groups: a dot with its interval for each, names and numbers beside them, one axis below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from harmonize.report.element import Html, element, joined
from harmonize.report.lettering import SIZE, lines_of, width_of
from harmonize.report.marks import mark
from harmonize.report.numbers import Row, flagged, is_hidden, is_told, is_unreliable
from harmonize.report.scale import Scale
from harmonize.words import Words

WIDTH = 320.0  # pixels: a chart is as wide as a telephone, and wider screens have several side by side
LINE = 15.0
GAP = 7.0  # between groups, and between text and plot
NAMES = 100.0  # the widest column of names
AXIS = 34.0  # height of ticks and unit


@dataclass(frozen=True)
class Dot:
    """A mark of a chart. kind: `migrant`, `non_migrant` or `everybody`. row: None where there is nobody."""

    kind: str
    name: str
    row: Row | None


@dataclass(frozen=True)
class Panel:
    """One drawing. groups: label (empty for none) and dots. reference: a value that a line is drawn at."""

    title: str
    groups: Sequence[tuple[str, Sequence[Dot]]]
    reference: float | None = None

    @property
    def dots(self) -> list[Dot]:
        """All of them."""
        return list(chain.from_iterable(dots for _, dots in self.groups))

    @property
    def suppressed(self) -> dict[str, list[str]]:
        """What is not given: the labels of the groups by the name of the dot; an empty label for a dot of no group."""
        found: dict[str, list[str]] = {}
        for label, dots in self.groups:
            for dot in dots:
                if dot.row is not None and is_hidden(dot.row):
                    found.setdefault(dot.name, []).append(label)
        return found

    @property
    def drawn(self) -> list[tuple[str, Sequence[Dot]]]:
        """The groups of which some number is there; the others are told under the chart."""
        return [(label, dots) for label, dots in self.groups if any(is_told(dot.row) for dot in dots)]


def draw(
    words: Words, panels: Sequence[Panel], anchor: str, unit: str, about: str, beside: Sequence[Panel] = ()
) -> list[Html]:
    """The panels that have a number as figures, all with the same axis.

    anchor: begins their ids. about: what they are of. beside: panels of other samples, which have the same axis too.
    """
    every = [*panels, *beside]
    dots = [dot for panel in every for dot in panel.dots]
    references = [panel.reference for panel in every if panel.reference is not None]
    scale = Scale.of((dot.row for dot in dots), references)
    names = min(NAMES, max((width_of(dot.name) for dot in dots), default=0.0))
    numbers = max((width_of(_number(words, dot)) for dot in dots), default=0.0)
    frame = _Frame(scale, names, names + GAP + 4, WIDTH - numbers - GAP, unit)
    return [
        _figure(words, panel, frame, f"{anchor}-{place}", about) for place, panel in enumerate(panels, 1) if panel.drawn
    ]


@dataclass(frozen=True)
class _Frame:
    """What the panels of a series share: the axis and where it is."""

    scale: Scale
    names: float
    start: float
    end: float
    unit: str

    def at(self, value: float) -> float:
        return self.scale.place(value, self.start, self.end)


def _figure(words: Words, panel: Panel, frame: _Frame, anchor: str, about: str) -> Html:
    drawn: list[Html] = []
    y = 4.0
    for label, dots in panel.drawn:
        for line in lines_of(label, WIDTH):
            drawn.append(element("text", line, x=0, y=y + SIZE, class_="group"))
            y += LINE
        for dot in dots:
            names = lines_of(dot.name, frame.names)
            drawn.append(_dot(words, dot, names, frame, y + LINE * len(names) / 2))
            y += LINE * len(names)
        y += GAP
    if any(dot.row is not None and dot.row["ci_lower"] is not None for dot in panel.dots):
        described = words(
            "{what}: a dot with its interval for each group. The numbers are in the table below.", what=about
        )
    else:
        described = words("{what}: a dot for each group. The numbers are in the table below.", what=about)
    picture = element(
        "svg",
        element("title", f"{about}. {panel.title}", id=f"{anchor}-t"),
        element("desc", described, id=f"{anchor}-d"),
        _axis(words, frame, y, panel.reference),
        drawn,
        role="img", aria_labelledby=f"{anchor}-t {anchor}-d", viewBox=f"0 0 {WIDTH:g} {y + AXIS:g}",
        width=WIDTH, height=y + AXIS,
    )  # fmt: skip
    return element("figure", element("figcaption", panel.title), picture, class_="panel")


def _dot(words: Words, dot: Dot, names: Sequence[str], frame: _Frame, y: float) -> Html:
    """A line of the chart: name, mark and number, in the colour of its group."""
    top = y - LINE * (len(names) - 1) / 2 + SIZE / 3
    name = [element("text", each, x=0, y=top + LINE * place) for place, each in enumerate(names)]
    faded = dot.row is None or not is_told(dot.row) or is_unreliable(dot.row)
    number = element(
        "text", _number(words, dot), x=WIDTH, y=y + SIZE / 3, text_anchor="end", class_="faded" if faded else None
    )
    drawn = mark(dot.kind, dot.row, frame.at, frame.scale, y) if dot.row is not None and is_told(dot.row) else Html()
    return element("g", name, drawn, number, class_=dot.kind)


def _axis(words: Words, frame: _Frame, bottom: float, reference: float | None) -> Html:
    scale = frame.scale
    lines = [
        element("line", x1=frame.at(each), x2=frame.at(each), y1=2, y2=bottom, class_="grid") for each in scale.ticks
    ]
    if reference is not None:
        at = frame.at(reference)
        lines.append(element("line", x1=at, x2=at, y1=2, y2=bottom, class_="reference"))
    texts = tick_texts(words, scale, frame.end - frame.start, reference)
    ticks = [
        element("text", text, x=frame.at(each), y=bottom + SIZE, text_anchor="middle", class_="tick")
        for each, text in texts
    ]
    middle = (frame.start + frame.end) / 2
    middle = min(middle, WIDTH - width_of(frame.unit) / 2)
    unit = element("text", frame.unit, x=middle, y=bottom + SIZE + LINE, text_anchor="middle", class_="tick")
    return joined(lines, ticks, unit)


def tick_texts(words: Words, scale: Scale, room: float, reference: float | None = None) -> list[tuple[float, str]]:
    """The ticks with their numbers; every second one where all don't fit into the room, that of the reference kept."""
    texts = [(each, words.decimal(each, scale.decimals)) for each in scale.ticks]
    while len(texts) > 2 and sum(width_of(text) + GAP for _, text in texts) > room + GAP:
        kept = [at for at, (each, _) in enumerate(texts) if reference is not None and abs(each - reference) < 1e-9]
        texts = texts[kept[0] % 2 if kept else 0 :: 2]
    return texts


def _number(words: Words, dot: Dot) -> str:
    return "-" if dot.row is None else flagged(words, dot.row)
