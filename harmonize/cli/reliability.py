"""`--reliability n=30,df=8,...`: the thresholds that were typed, and a message for each mistake."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from harmonize.estimate.reliability import Reliability

USUAL = {"n": "30", "df": "8", "left-out": "10", "cv": "30", "width": "20"}
WHOLE = ("n", "df")  # counts; the others are in percent
EXAMPLE = ",".join(f"{name}={number}" for name, number in USUAL.items())
NAMES = f"{', '.join([*USUAL][:-1])} and {[*USUAL][-1]}"
NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)", re.ASCII)


def reliability(ctx: click.Context, parameter: click.Parameter, value: tuple[str, ...]) -> Reliability:
    """The thresholds, all that the option gives however often it was typed; those it does not give are as usual.

    Raises BadParameter for the first mistake.
    """
    found: dict[str, float] = {}
    for text in (text for each in value for text in each.split(",")):
        name, number = _threshold(text.strip())
        if name in found:
            raise click.BadParameter(f"{name} is given twice. Write it once, as {name}={USUAL[name]}.")
        found[name] = number
    from harmonize.estimate.reliability import Reliability

    return Reliability.of({name.replace("-", "_"): number for name, number in found.items()})


def _threshold(text: str) -> tuple[str, float]:
    name, equals, number = (part.strip() for part in text.partition("="))
    if not text:
        raise click.BadParameter(f"a threshold is missing. Write NAME=NUMBER joined by commas, as {EXAMPLE}.")
    if name not in USUAL:
        from harmonize.rules.near import nearest

        near = nearest(name, USUAL)
        meant = f"did you mean {near[0]}? They" if near else "they"
        raise click.BadParameter(
            f"{text}: there is no threshold {name!r}; {meant} are {NAMES}. Write those that you change, as {EXAMPLE}."
            if name
            else f"{text}: of which threshold? Write one of {NAMES} before the =, as n={number or USUAL['n']}."
        )
    if not equals or not number:
        raise click.BadParameter(f"{text}: the number is missing. Write {name}={USUAL[name]}.")
    example = f"{name}={USUAL[name]}"
    if name not in WHOLE and number.endswith("%"):
        raise click.BadParameter(f"{text}: it is in percent without the sign. Write {name}={number.rstrip('% ')}.")
    if not NUMBER.fullmatch(number):
        raise click.BadParameter(f"{text}: '{number}' is not a number. Write digits alone, as {example}.")
    if number.startswith("-"):
        raise click.BadParameter(f"{text}: a threshold can't be negative. Write {name}=0 or more, as {example}.")
    if name in WHOLE:
        if float(number) != int(float(number)):
            raise click.BadParameter(f"{text}: {name} is a whole number. Write {name}={int(float(number))}.")
        return name, int(float(number))
    return name, float(number)
