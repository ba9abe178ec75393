"""`--poverty-line N=AMOUNT/PERIOD`: what was typed as an amount a day, and a message for each mistake."""

from __future__ import annotations

import math

import click

from harmonize.options import DAYS

OF_A_LINE = ("1.1.1", "1.2.1")
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
    if not equals:
        raise click.BadParameter(f"{text}: of which indicator? Write the number before a =, as 1.1.1=3.00/day.")
    if number not in OF_A_LINE:
        raise click.BadParameter(
            f"{text}: {number or 'an indicator without a number'} takes no poverty line; {' and '.join(OF_A_LINE)} do. "
            f"Write 1.1.1={rest or '3.00/day'} or 1.2.1={rest or '950/month'}."
        )
    amount, slash, period = (part.strip() for part in rest.partition("/"))
    if not slash:
        raise click.BadParameter(
            f"{text}: the amount is of no period. Write {number}={amount or '3.00'}/day, or /month or /year."
        )
    if period not in DAYS:
        raise click.BadParameter(
            f"{text}: '{period}' is not a period; the periods are {PERIODS}. "
            f"Write {number}={amount or '3.00'}/{_nearest(period)}."
        )
    return number, _amount(text, amount, f"{number}={{}}/{period}") / DAYS[period]


def _amount(text: str, amount: str, form: str) -> float:
    """form: what to write, with a place for the amount."""
    if "," in amount:
        head, _, tail = amount.rpartition(",")
        # 1,200 has thousands; 3,50 is the decimal comma of many countries
        better = amount.replace(",", "") if "." in tail or len(tail) == 3 else f"{head.replace(',', '')}.{tail}"
        raise click.BadParameter(
            f"{text}: an amount is written without a comma, and with a point before decimals. "
            f"Did you mean {form.format(better)}?"
        )
    try:
        line = float(amount)
    except ValueError:
        line = math.nan
    if not math.isfinite(line):
        raise click.BadParameter(f"{text}: '{amount}' is not a number. Write digits alone, as {form.format('3.00')}.")
    if line <= 0:
        raise click.BadParameter(f"{text}: a poverty line must be above 0. Write it as {form.format('3.00')}.")
    return line


def _nearest(period: str) -> str:
    return next((name for name in DAYS if period[:1].lower() == name[0]), "day")
