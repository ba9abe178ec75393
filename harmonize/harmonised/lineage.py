"""Where a harmonised variable came from: its source columns, and the rule that made it, in words and in YAML."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from harmonize.mapping.flow_text import flow_text
from harmonize.plan import Plan
from harmonize.rules.translation import ELSE, OUTSIDE, Line, translation, universe_words


@dataclass(frozen=True)
class Lineage:
    """What the mapping says of a variable.

    sources: the columns of the extract that were read. kind: of the rule. made: value -> what it is made of,
    `SEX 1`, in the order of the rule. rule: as it stands in the mapping; it and `made` are empty for what stands beside
    a variable. reference: question, seen_in, note. options: concept, period, standard, ... asked: whom the form asked.
    """

    sources: tuple[str, ...]
    kind: str
    made: dict[str, list[str]]
    rule: str
    reference: dict[str, str]
    options: dict[str, str]
    asked: str

    @property
    def words(self) -> list[str]:
        """A line a value: `female: SEX 2`."""
        return [f"{value}: {'; '.join(said)}" if any(said) else value for value, said in self.made.items()]


def lineage(plan: Plan, name: str) -> Lineage:
    """The lineage of a variable that the extract fills."""
    rule, written = plan.harmoniser.available[name], plan.mapping.variables[name]
    pointers = tuple(link.pointer for link in plan.harmoniser.through if link.variable == name)
    sources = pointers or plan.harmoniser.unmapped.get(name, (None, ()))[1]
    return Lineage(
        sources=sources,
        kind=" and ".join(key for key in ("codes", "lookup") if key in written.body) or rule.kind,
        made=_made(translation(rule), sources),
        rule=flow_text(written.body),
        reference=dict(rule.reference),
        options=dict(rule.options),
        asked=universe_words(rule.universe),
    )


def _made(lines: Iterable[Line], sources: Sequence[str]) -> dict[str, list[str]]:
    """Value -> `POBP 001 (Alabama), 002 (Alaska)`, one text a column and condition."""
    made: dict[str, dict[tuple[str, str], list[str]]] = {}
    for line in lines:
        code = f"{line.code} ({line.label})" if line.label else line.code
        # of several columns of which the first is read that an extract has, the one that was
        column = next((name for name in line.column.split(" or ") if name in sources), line.column)
        made.setdefault(line.value, {}).setdefault((column, line.condition), []).append(code)
    return {value: [_said(*where, codes) for where, codes in parts.items()] for value, parts in made.items()}


def _said(column: str, condition: str, codes: Iterable[str]) -> str:
    """`RELP 1, 2 if SEX = 1`; the condition alone where no code decides."""
    when = {"": "", ELSE: "otherwise", OUTSIDE: OUTSIDE}.get(condition, f"if {condition}")
    return " ".join(part for part in (column, ", ".join(code for code in codes if code), when) if part)
