"""The categories of a question answered yes or no, and the short way to declare such variables."""

from __future__ import annotations

from harmonize.schema.variable import Variable

YES_NO = ("yes", "no")


def yes_no(
    name: str,
    topic: str,
    title: str,
    *,
    standard: str = "",
    universe: str = "all persons",
    options: dict[str, tuple[str, ...]] | None = None,
) -> Variable:
    """A `category` variable with the categories yes and no."""
    return Variable(
        name=name,
        topic=topic,
        kind="category",
        title=title,
        categories=YES_NO,
        standard=standard,
        universe=universe,
        options=options or {},
    )
