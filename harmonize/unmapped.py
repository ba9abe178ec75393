"""Codes that a mapping says nothing about: the table of them, in run.json and as the message that ends a run."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from harmonize.ledger import Ledger
from harmonize.mapping.find import id_by_place

if TYPE_CHECKING:
    from harmonize.plan import Plan
    from harmonize.run_record import Counts

FEW, VALUES = 10, 20  # unlabelled codes that so few persons have, of one column; if there are more, they are values


def unmapped_entries(ledger: Ledger, labels: dict[str, dict[str, str]], show: Counts) -> list[dict[str, Any]]:
    """Unmapped codes by variable, column and code, with the codebook's label.

    Many that few persons have and no codebook lists are no codes but persons' own values, such as a name in the wrong
    column: they are counted, and not repeated.
    """
    found = ledger.unmapped_codes()
    own: dict[tuple[str, str], list[int]] = {}
    for (variable, column, code), persons in found:
        if persons < FEW and code not in labels.get(column, {}):
            own.setdefault((variable, column), []).append(persons)
    values = {key: counts for key, counts in own.items() if len(counts) > VALUES}
    entries = []
    for (variable, column, code), persons in found:
        label = labels.get(column, {}).get(code, "")
        if persons >= FEW or label or (variable, column) not in values:
            entries.append((variable, column, code, label, persons))
    for (variable, column), counts in values.items():
        entries.append((variable, column, f"({len(counts)} values of few persons each)", "", sum(counts)))
    return [
        {"variable": variable, "column": column, "code": code, "label": label, "persons": show(persons)}
        for variable, column, code, label, persons in sorted(entries)
    ]


def unmapped_message(ledger: Ledger, labels: dict[str, dict[str, str]], plan: Plan, show: Counts, what: str) -> str:
    """The table of unmapped codes that ends a run: variable, column, code, label, persons."""
    entries = unmapped_entries(ledger, labels, show)
    head = ("variable", "column", "code", "label in the codebook", "persons")
    rows: list[Sequence[str]] = [
        (str(e["variable"]), str(e["column"]), str(e["code"]), str(e["label"] or "(none)"), _thousands(e["persons"]))
        for e in entries[:40]
    ]
    widths = [max(len(row[i]) for row in (head, *rows)) for i in range(5)]
    lines = [
        " " + "  ".join(text.ljust(w) for text, w in zip(row, widths, strict=True)).rstrip() for row in (head, *rows)
    ]
    if len(entries) > 40:
        lines.append(f" and {len(entries) - 40} more")
    codes = "1 code is" if len(entries) == 1 else f"{len(entries)} codes are"
    names = dict.fromkeys(str(e["variable"]) for e in entries)
    places = ", ".join(
        str(plan.harmoniser.available[name].position[0]) for name in names if name in plan.harmoniser.available
    )
    shipped = id_by_place(plan.mapping.path) is not None
    own = f", or\n in a mapping of yours with `extends: {plan.mapping.id}`" if shipped else ""
    return "\n".join(
        [
            f"{what} does not fit mapping {plan.mapping.id}: {codes} not mapped, nothing was written",
            "",
            *lines,
            "",
            f" Map {'it' if len(entries) == 1 else 'them'} in {plan.mapping.path} (line {places}){own}, or run with",
            f" --allow-unmapped to count {'it' if len(entries) == 1 else 'them'} as unknown.",
        ]
    )


def _thousands(count: int | str) -> str:
    return f"{count:,}" if isinstance(count, int) else count
