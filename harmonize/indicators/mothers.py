"""What the indicators of births and of child mortality share: children ever born, and women's ages by five years."""

from __future__ import annotations

from typing import TYPE_CHECKING

from harmonize.indicators.model import Need, Population

if TYPE_CHECKING:
    import polars as pl

    from harmonize.indicators.asked import Availability

BORN = "children_ever_born"
AGES = tuple((low, low + 4) for low in range(15, 50, 5))
# not asked, within the ages asked: no child
NEED_BORN = Need(BORN, not_applicable="zero", single=True)


def children_born(has: Availability) -> pl.Expr:
    """Children ever born; no number and yet known where the form asks no woman who never had one."""
    import polars as pl

    return pl.col(BORN).fill_null(0)


def _had_children() -> pl.Expr:
    import polars as pl

    return pl.col(BORN) > 0


MOTHERS = Population("with children", (BORN,), _had_children)
