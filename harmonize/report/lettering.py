"""How much room text takes in a drawing, and how it is broken into lines: a drawing doesn't wrap by itself."""

from __future__ import annotations

SIZE = 12.0  # pixels, of the letters of a drawing
WIDE = 0.62  # of the size, that a letter takes at most on average, in the widest of the usual fonts
NARROW, NARROW_SHARE = "iljtfr.,:;'|!()[]–- ", 0.36
CAPITAL_SHARE = 0.75


def width_of(text: str, size: float = SIZE) -> float:
    """Pixels that the text takes, rather too many than too few."""
    shares = (NARROW_SHARE if each in NARROW else CAPITAL_SHARE if each.isupper() else WIDE for each in text)
    return size * sum(shares)


def lines_of(text: str, width: float, size: float = SIZE) -> list[str]:
    """The text in lines that fit the width; a word that is longer than a line is cut with an ellipsis."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width_of(longer, size) <= width:
            lines[-1] = longer
        else:
            lines.append(_cut(word, width, size))
    return lines


def _cut(word: str, width: float, size: float) -> str:
    while width_of(word, size) > width and len(word) > 2:
        word = f"{word.rstrip('…')[:-1]}…"
    return word
