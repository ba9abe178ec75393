"""How a release is protected, in words: in methods.csv and under each table of the workbook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from harmonize.indicators import INDICATORS
from harmonize.indicators.model import Series
from harmonize.protect.noise import NoiseTable
from harmonize.words import Words, words_in

ENGLISH = words_in("en")


def protection_words(protection: Mapping[str, Any], series: Series | None = None, words: Words = ENGLISH) -> str:
    """What protects the numbers of a series, a sentence or two; None: of any, less what is of some alone.

    protection: as run.json has it, see Protection.as_json.
    """
    method = str(protection["method"])
    if method == "none":
        return words("Not protected: numbers of few persons are shown too.")
    if method == "suppress":
        hidden = _hidden(protection, series, words)
        back = [words("what would give one of these numbers back")]
        return _not_shown([*hidden, *back], words) if hidden else words("No group is hidden for being small.")
    noise, error = _noise(method, words)
    if series is not None and (series.unit == "currency" or series.from_sums):
        hidden = _hidden(protection, series, words, beside_noise=True)
        made = words(
            "n {noise}, and population is made of it: groups do not add up to their total. The number itself is made "
            "of the true counts.",
            noise=noise,
        )
        return f"{made} {_not_shown(hidden, words)}" if hidden else made
    return words(
        "Every count {noise}, and the numbers are made of these counts: standard errors include {error}, and groups "
        "do not add up to their total.",
        noise=noise,
        error=error,
    )


def _noise(method: str, words: Words) -> tuple[str, str]:
    """What counts have, and what of it is in a standard error."""
    if method == "cell-key":
        noise = words("has noise of at most {n} up or down (cell-key method)", n=NoiseTable().largest)
        return noise, words("the noise")
    return words("is rounded to a multiple of {n}", n=method.partition(":")[2]), words("the rounding")


def _hidden(
    protection: Mapping[str, Any], series: Series | None, words: Words, *, beside_noise: bool = False
) -> list[str]:
    """The groups that are hidden for themselves. beside_noise: where small numerators are not."""
    persons, households = int(protection["min_count"]), int(protection["min_households"])
    sizes = [
        *([words("{n} persons", n=words.count(persons))] if persons > 1 else []),
        *([words("{n} households", n=words.count(households))] if households > 1 else []),
    ]
    fewer = sizes[0] if len(sizes) == 1 else words("{one} or {other}", one=sizes[0], other=sizes[1]) if sizes else ""
    found = [words("groups of fewer than {sizes} (unweighted)", sizes=fewer)] if sizes else []
    if series is not None and series.unit == "currency":
        found.append(
            words("means of which one person has {share} % or more", share=words.plain(100 * protection["dominance"]))
        )
    elif series is not None and INDICATORS[series.indicator].sensitive and not beside_noise:
        least = 0 if protection["group_disclosure"] == "suppress" else 1
        if persons > least and series.unit == "percent":
            found.append(
                words(
                    "groups of which {low} to {high} are in the numerator, or outside it", low=least, high=persons - 1
                )
            )
        elif persons > least:
            found.append(words("groups of which {low} to {high} are in the numerator", low=least, high=persons - 1))
    return found


def _not_shown(what: Sequence[str], words: Words) -> str:
    """The sentence of what is hidden."""
    more = words("{which}; and {last}", which=words.listed(what[:-1]), last=what[-1]) if len(what) > 1 else what[0]
    return words("Not shown, to protect persons: {what}.", what=more)
