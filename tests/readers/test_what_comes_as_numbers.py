"""Which columns of an extract come as numbers, by what the mapping does with them."""

from __future__ import annotations

from types import SimpleNamespace

from harmonize.mapping.model import Design, Fpc
from harmonize.plan import Plan


def test_a_name_that_is_reckoned_with_too_comes_as_text() -> None:
    # `017` is a name of its own, and 17 as a number
    design = Design(person_weight="W", stratum=("S",), cluster=("C",), fpc=Fpc(column="H"))
    mapping = SimpleNamespace(design=design, keys=SimpleNamespace(household=("H", "N")))
    plan = SimpleNamespace(mapping=mapping, harmoniser=SimpleNamespace(columns={"A", "H"}, read={"A"}))
    found = Plan.as_numbers.func(plan)  # type: ignore[attr-defined]
    assert found == (frozenset("A"), frozenset("NSC"), frozenset("W"))
