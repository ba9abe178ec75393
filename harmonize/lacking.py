"""What to say of what a run can't make: a misspelt variable, one that the mapping does not give, an option in vain."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from harmonize.derivations import DERIVATIONS
from harmonize.options import Options
from harmonize.rules.near import nearest
from harmonize.schema import VARIABLES
from harmonize.tabulate.statuses import BASES, DEFINITIONS

STATUS = "migratory_status"
NEEDS = {each.NAME: each.NEEDS for each in DERIVATIONS} | {STATUS: (("nativity",), ("citizenship_status",))}


def is_known(name: str) -> bool:
    """Whether some mapping could give the variable, or others that it is derived from."""
    return name in VARIABLES or name in NEEDS


def instead_of(name: str, there: Collection[str]) -> str:
    """What to write instead of a name that is not known. there: the variables of the run, which are nearer."""
    near = nearest(name, there) or nearest(name, [*NEEDS, *VARIABLES])
    listed = f"harmonize schema lists the variables of mappings; derived from them are {', '.join(NEEDS)}"
    return "\n".join([listed, *(f"did you mean '{each}'?" for each in near)])


def why_lacking(names: Iterable[str], there: Collection[str], unavailable: Mapping[str, str]) -> str:
    """In words, of each of the `names` that is not `there`.

    there: the harmonised and derived variables of the run. unavailable: variable to why the mapping does not
    give it, of those of which it says so.
    """
    return "; ".join(_why(name, there, unavailable) for name in names if name not in there)


def _why(name: str, there: Collection[str], unavailable: Mapping[str, str]) -> str:
    ways = NEEDS.get(name, ((name,),))
    lacks = [part for part in dict.fromkeys(part for way in ways for part in way) if part not in there]
    told = ", ".join(f"{part} ({unavailable[part]})" if part in unavailable else part for part in lacks)
    if lacks == [name]:
        return f"this extract and mapping lack {told}"
    needs = f"{name} needs {', or '.join(' and '.join(way) for way in ways)}"
    whole = next((way for way in ways if set(way) <= set(there)), None)
    if whole is not None:  # given in a way that it can't be derived from
        return f"{needs}; it can't be made of {' and '.join(whole)} as this mapping gives it"
    return f"{needs}; this extract and mapping lack {told}"


def without_effect(
    options: Options, series: Collection[tuple[str, str]], wanted: Collection[str], there: Collection[str]
) -> list[str]:
    """What a user asked for beyond the indicators, and why it adds nothing: a sentence each.

    series: (indicator, series) that may be measured; wanted: the numbers of all indicators asked for; there: the
    variables of the run.
    """
    found = []
    measured = {indicator for indicator, _ in series}
    for indicator, _ in options.lines:
        if indicator not in wanted:
            found.append(f"--poverty-line {indicator}=...: {indicator} is not among the indicators asked for")
    if options.own_parities and "3.2.1" not in measured:
        found.append("--own-parities is of 3.2.1 alone, which is not measured here")
    if options.definitions:
        lacking = {name: [each for each in needs if each not in there] for name, (needs, _) in DEFINITIONS.items()}
        told = [f"{name} needs {', '.join(needs)}" for name, needs in lacking.items() if needs]
        if told:
            found.append(f"--definitions: this extract and mapping lack what some definitions need: {'; '.join(told)}")
    if options.standardise:
        needs = {"age", "sex"} if "age*sex" in options.standardise else {"age"}
        lacks = sorted(needs - set(there))
        if not {column for column, _ in BASES.values()} & set(there):
            lacks.append("any migratory status")
        if lacks:
            found.append(f"--standardise: this extract and mapping lack {', '.join(lacks)}")
    return found
