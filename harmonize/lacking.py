"""What to say of a table that a run can't make: of a misspelt variable, or of one that the mapping does not give."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from harmonize.derivations import DERIVATIONS
from harmonize.rules.near import nearest
from harmonize.schema import VARIABLES

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
