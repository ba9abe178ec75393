"""`--poverty-line N=AMOUNT/PERIOD`: what was typed as an amount a day, and a message for each mistake."""

from __future__ import annotations

import math
import re

import click

from harmonize.options import DAYS

USUAL = {"1.1.1": ("3.00", "day"), "1.2.1": ("950", "month")}  # amount and period, for examples
OF_A_LINE = tuple(USUAL)
EXAMPLES = " or ".join(f"{number}={'/'.join(usual)}" for number, usual in USUAL.items())
NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?", re.ASCII | re.IGNORECASE)  # float() also takes 1_000
PERIODS = "day, month or year"


def poverty_lines(
    ctx: click.Context, parameter: click.Parameter, value: tuple[str, ...]
) -> tuple[tuple[str, float], ...]:
    """(indicator, amount a person a day), by indicator. Raises BadParameter for the first mistake."""
    found: dict[str, float] = {}
    typed: dict[str, str] = {}
    for text in value:
        number, line = _line(text)
        if number in found:
            raise click.BadParameter(f"{number} has two lines, {typed[number]} and {text}: give one, or make two runs.")
        found[number], typed[number] = line, text
    return tuple(sorted(found.items()))


def _line(text: str) -> tuple[str, float]:
    number, equals, rest = (part.strip() for part in text.partition("="))
    if not text.strip():
        raise click.BadParameter(f"nothing is given. Write N=AMOUNT/PERIOD, as {EXAMPLES}.")
    if not equals:
        raise click.BadParameter(f"{text}: of which indicator? Write the number before a =, as 1.1.1=3.00/day.")
    if number not in OF_A_LINE:
        raise click.BadParameter(
            f"{text}: {number or 'an indicator without a number'} takes no poverty line; {' and '.join(OF_A_LINE)} do. "
            f"Write 1.1.1={rest or '3.00/day'} or 1.2.1={rest or '950/month'}."
        )
    amount, slash, period = (part.strip() for part in rest.partition("/"))
    usual, its_period = USUAL[number]
    if not amount:
        raise click.BadParameter(f"{text}: the amount is missing. Write {number}={usual}/{period or its_period}.")
    shown = amount if NUMBER.fullmatch(amount) else usual
    if not period:
        wrong = "a period is missing after the /" if slash else "the amount is of no period"
        others = " or ".join(f"/{each}" for each in DAYS if each != its_period)
        raise click.BadParameter(f"{text}: {wrong}. Write {number}={shown}/{its_period}, or {others}.")
    if period not in DAYS:
        raise click.BadParameter(
            f"{text}: '{period}' is not a period; the periods are {PERIODS}. Write {number}={shown}/{_nearest(period)}."
        )
    return number, _amount(text, number, amount, period) / DAYS[period]


def _amount(text: str, number: str, amount: str, period: str) -> float:
    example = f"{number}={'/'.join(USUAL[number])}"
    if "," in amount:
        head, _, tail = amount.rpartition(",")
        # 1,200 has thousands; 3,50 is the decimal comma of many countries
        better = amount.replace(",", "") if "." in tail or len(tail) == 3 else f"{head.replace(',', '')}.{tail}"
        raise click.BadParameter(
            f"{text}: an amount is written without a comma, and with a point before decimals. "
            f"Did you mean {number}={better}/{period}?"
        )
    line = float(amount) if NUMBER.fullmatch(amount) else math.nan
    if not math.isfinite(line):
        raise click.BadParameter(f"{text}: '{amount}' is not a number. Write digits alone, as {example}.")
    if line <= 0:
        raise click.BadParameter(f"{text}: a poverty line must be above 0. Write it as {example}.")
    return line


def _nearest(period: str) -> str:
    return next((name for name in DAYS if period[:1].lower() == name[0]), "day")
