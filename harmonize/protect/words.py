"""How a release is protected, in words: in methods.csv and under each table of the workbook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from harmonize.indicators import INDICATORS
from harmonize.indicators.model import Series
from harmonize.protect.noise import NoiseTable


def protection_words(protection: Mapping[str, Any], series: Series | None = None) -> str:
    """What protects the numbers of a series, a sentence or two; None: of any, less what is of some alone.

    protection: as run.json has it, see Protection.as_json.
    """
    method = str(protection["method"])
    if method == "none":
        return "Not protected: numbers of few persons are shown too."
    if method == "suppress":
        hidden = _hidden(protection, series)
        back = ["what would give one of these numbers back"]
        return _not_shown([*hidden, *back]) if hidden else "No group is hidden for being small."
    noise, error = _noise(method)
    if series is not None and (series.unit == "currency" or series.from_sums):
        hidden = _hidden(protection, series, beside_noise=True)
        return (
            f"n {noise}, and population is made of it: groups do not add up to their total. The number itself is made "
            f"of the true counts. {_not_shown(hidden) if hidden else ''}".rstrip()
        )
    return (
        f"Every count {noise}, and the numbers are made of these counts: standard errors include {error}, and groups "
        "do not add up to their total."
    )


def _noise(method: str) -> tuple[str, str]:
    """What counts have, and what of it is in a standard error."""
    if method == "cell-key":
        return f"has noise of at most {NoiseTable().largest} up or down (cell-key method)", "the noise"
    return f"is rounded to a multiple of {method.partition(':')[2]}", "the rounding"


def _hidden(protection: Mapping[str, Any], series: Series | None, *, beside_noise: bool = False) -> list[str]:
    """The groups that are hidden for themselves. beside_noise: where small numerators are not."""
    persons, households = int(protection["min_count"]), int(protection["min_households"])
    sizes = [f"{number} {what}" for number, what in ((persons, "persons"), (households, "households")) if number > 1]
    found = [f"groups of fewer than {' or '.join(sizes)} (unweighted)"] if sizes else []
    if series is not None and series.unit == "currency":
        found.append(f"means of which one person has {100 * protection['dominance']:g} % or more")
    elif series is not None and INDICATORS[series.indicator].sensitive and not beside_noise:
        least = 0 if protection["group_disclosure"] == "suppress" else 1
        outside = ", or outside it" if series.unit == "percent" else ""
        if persons > least:
            found.append(f"groups of which {least} to {persons - 1} are in the numerator{outside}")
    return found


def _not_shown(what: Sequence[str]) -> str:
    """The sentence of what is hidden."""
    listed = what[0] if len(what) == 1 else f"{'; '.join(what[:-1])}; and {what[-1]}"
    return f"Not shown, to protect persons: {listed}."
