"""What `harmonize run` prints: headline estimates with their doubt, what is missing, where the files are.

All of it comes from the RunResult; nothing is computed here but widths.
"""

from __future__ import annotations

import io
import shlex
import sys
import textwrap
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, TextIO

import click
import polars as pl
from rich.console import Console

from harmonize.cli.headline_table import difference_lines, table_lines
from harmonize.cli.protection_lines import protection_lines
from harmonize.cli.quality_lines import quality_lines
from harmonize.cli.sample_lines import count, errors_line, migrant_line, sample_line
from harmonize.estimate.reliability import Reliability
from harmonize.indicators.listed import as_listed
from harmonize.remote import COPIES
from harmonize.writers.about import currencies

if TYPE_CHECKING:
    from harmonize.publishing import RunResult

SAMPLES_IN_FULL = 3  # a pooled extract of more samples gets a line a sample
PLAIN = {"statistic": "level", "adjustment": "none", "definition": "default"}
GROUPS = {"migrant": "migrants", "non_migrant": "non-migrants"}
EVERYBODY = {"_T": "everybody"}  # the one group of a sample where nobody's status is known


def print_summary(result: RunResult, mapping: str, asked: Sequence[str] = (), *, stream: TextIO | None = None) -> None:
    """Print the summary: on stdout if that is a terminal, else on stderr, so that a pipe stays clean.

    mapping: as the user typed it, for the command that is printed. asked: the numbers of --indicator.
    """
    stream = stream or (sys.stdout if sys.stdout.isatty() else sys.stderr)
    text = io.StringIO()  # told in one piece: rich would end the process where a reader has left
    console = Console(file=text, color_system=None, highlight=False, markup=False, emoji=False, soft_wrap=False)
    samples: list[Mapping[str, Any]] = list(result.run.get("samples", []))
    doubted = [_print_sample(console, result, sample) for sample in samples[:SAMPLES_IN_FULL]]
    for sample in samples[SAMPLES_IN_FULL:]:
        _print_wrapped(console, sample_line(result, sample))
    if len(samples) > SAMPLES_IN_FULL:
        console.print()
    if any(doubted):
        words = Reliability.of(result.run.get("reliability", {})).words()
        _print_wrapped(console, f" u unreliable: {words[:1].lower()}{words[1:].rstrip('.')}")
    _print_wrapped(console, _measured_line(result))
    if not any(entry["status"] != "unavailable" for entry in result.run.get("availability", [])):
        inputs = (str(each["file"]) for each in result.run.get("inputs", []))
        names = " ".join(name for name in inputs if not name.endswith(".xml"))  # a codebook is found beside its data
        _print_wrapped(console, f" warning: nothing can be measured; harmonize inspect {names} shows what is there")
    if asked:
        for line in no_rows_lines(result.methods, asked):
            _print_wrapped(console, line)
    if any(entry["status"] == "unavailable" for entry in result.run.get("availability", [])):
        _print_wrapped(console, " what the others lack here is in methods.csv; what each needs:")
        # whole, however narrow the terminal: the command is there to be copied
        console.print(f"   harmonize indicators --mapping {shlex.quote(mapping)}", soft_wrap=True)
    for line in (*_doubts(result), "", _files_line(result)):
        _print_wrapped(console, line)
    click.echo(text.getvalue(), nl=False, file=stream)


def _print_wrapped(console: Console, line: str) -> None:
    console.print(textwrap.fill(line, console.width, subsequent_indent="   ", break_on_hyphens=False))


def _print_sample(console: Console, result: RunResult, sample: Mapping[str, Any]) -> bool:
    """Print one sample; whether any number of it is marked as unreliable."""
    _print_wrapped(console, sample_line(result, sample))
    _print_wrapped(console, migrant_line(sample))
    if errors := errors_line(result.run, sample):
        _print_wrapped(console, errors)
    groups = GROUPS if sample.get("basis") else EVERYBODY
    rows = _with_currencies(headline(result.estimates, str(sample.get("sample", "")), groups), result.methods)
    if rows:
        console.print()
        level = result.run.get("level", 95)
        for line in (*table_lines(rows, groups, level, console.width), *difference_lines(rows, level, console.width)):
            console.print(line, soft_wrap=True)
    console.print()
    return any(cell["obs_status"] == "U" for row in rows for cell in row.values())


def _with_currencies(rows: list[dict[str, dict[str, Any]]], methods: pl.DataFrame) -> list[dict[str, dict[str, Any]]]:
    """The rows, those of money with the currency that the mapping states as their unit."""
    for cell in (cell for row in rows for cell in row.values() if cell["unit"] == "currency"):
        of_it = methods.filter(*(pl.col(name) == cell[name] for name in ("sample", "indicator", "series")))
        cell["unit"] = ", ".join(currencies(of_it["currency"])) or cell["unit"]
    return rows


def headline(
    estimates: pl.DataFrame, sample: str, groups: Mapping[str, str] = GROUPS
) -> list[dict[str, dict[str, Any]]]:
    """The levels of the groups (migrants and non-migrants) of each series of a sample, not totals, in their order.

    Each is {"migrant": row, "non_migrant": row, "difference": row}, less what has no row.
    """
    of_sample = estimates.filter(
        (pl.col("sample") == sample)
        & pl.col("migratory_status").is_in(list(groups))
        & (pl.col("unit") != "count")
        & (pl.col("disaggregation") == ("total" if groups is EVERYBODY else "migratory_status"))
        & pl.all_horizontal(pl.col(name) == value for name, value in PLAIN.items())
    )
    found: dict[tuple[str, str], dict[str, dict[str, Any]]] = {}
    own = {(row["indicator"], row["series"]) for row in of_sample.iter_rows(named=True) if row["status_of"] == "self"}
    for row in of_sample.iter_rows(named=True):  # a row a series: some tens, never persons
        if row["status_of"] != "self" and (row["indicator"], row["series"]) in own:
            continue  # by the mother's status beside the person's own
        found.setdefault((row["indicator"], row["series"]), {})[row["migratory_status"]] = row
    differences = estimates.filter(
        (pl.col("sample") == sample)
        & (pl.col("statistic") == "difference")
        & (pl.col("comparison") == "migrant:non_migrant")
        & pl.col("disaggregation").is_in(["total", "migratory_status"])
        & pl.all_horizontal(pl.col(name) == value for name, value in PLAIN.items() if name != "statistic")
    )
    for row in differences.iter_rows(named=True):
        if row["status_of"] != "self" and (row["indicator"], row["series"]) in own:
            continue
        if (row["indicator"], row["series"]) in found:
            found[row["indicator"], row["series"]]["difference"] = row
    return list(found.values())


def _doubts(result: RunResult) -> list[str]:
    """What is hidden, not mapped, not known, or contradicts itself: a line each."""
    run = result.run
    lines = [*protection_lines(result), _counts_line(run), *_excluded_lines(run), *quality_lines(result)]
    for entry in run.get("contradictions", []):
        lines.append(f" {count(entry['persons'])} persons: {entry['words']} (not changed)")
    return lines


def _excluded_lines(run: Mapping[str, Any]) -> list[str]:
    """The persons whom the mapping's `include` leaves out of every number, and what it says."""
    counts = [sample.get("excluded") or 0 for sample in run.get("samples", [])]
    if not any(counts):
        return []
    few = [count for count in counts if not isinstance(count, int)]  # `<10`
    number = sum(count for count in counts if isinstance(count, int))
    shown = f"{number:,}" if number and not few else f"over {number:,}" if number else str(few[0])
    return [f" {shown} persons are left out: the mapping includes {run.get('include', '')}"]


def _measured_line(result: RunResult) -> str:
    """How many indicators have rows, and how many the extract does not have what they take."""
    entries = result.run.get("availability", [])
    every = {entry["number"] for entry in entries}
    measured = {entry["number"] for entry in entries if entry["status"] != "unavailable"}
    parts = [f"{len(measured)} indicator{'' if len(measured) == 1 else 's'} measured"]
    levels = result.estimates.filter(pl.col("statistic") == PLAIN["statistic"])["indicator"]
    if beside := sorted(measured & set(result.estimates["indicator"]) - set(levels)):
        parts[0] += f" ({', '.join(map(as_listed, beside))} by comparisons alone, in estimates.csv)"
    if lacking := len(every - measured):
        parts.append(f"{lacking} not with this extract")
    return f" {', '.join(parts)}"


def no_rows_lines(methods: pl.DataFrame, asked: Sequence[str]) -> list[str]:
    """Of each indicator that was asked for and has no rows: the reasons, and the samples if not all."""
    lines = []
    samples = methods["sample"].n_unique()
    for number in dict.fromkeys(asked):
        of_it = methods.filter(pl.col("indicator") == number)
        without = of_it.filter((pl.col("measurement") == "unavailable").all().over("sample"))
        names = without["sample"].unique(maintain_order=True).to_list()
        if names:
            reasons = without["reasons"].unique(maintain_order=True).to_list()
            why = _gathered(reasons)
            of = "" if len(names) == samples else f" for {', '.join(names)}"
            lines.append(f" {as_listed(number)} has no rows{of}: {why}")
    return lines


def _gathered(reasons: Sequence[str]) -> str:
    """Reasons that differ in what they are about alone, `lacks a variable: x`, become one."""
    about: dict[str, list[str]] = {}
    for reason in reasons:
        words, _, detail = reason.partition(": ")
        about.setdefault(words, []).extend([detail] if detail else [])
    return "; ".join(f"{words}: {', '.join(details)}" if details else words for words, details in about.items())


def _counts_line(run: Mapping[str, Any]) -> str:
    """Unmapped codes (with --allow-unmapped) and the share of persons of unknown migratory status."""
    parts = []
    unmapped = run.get("unmapped", [])
    if unmapped:
        variables = ", ".join(sorted({str(entry["variable"]) for entry in unmapped}))
        codes = "1 unmapped code" if len(unmapped) == 1 else f"{len(unmapped)} unmapped codes"
        parts.append(f"{codes} counted as unknown ({variables}; see run.json)")
    else:
        parts.append("0 unmapped codes")
    share = run.get("unknown_status_share")
    if share is not None:
        parts.append(f"{100 * share:.1f} % of unknown migratory status")
    return " " + "     ".join(parts)


def _files_line(result: RunResult) -> str:
    """The folder, its files, those that are folders with a `/`, and how long it took."""
    seconds = result.run.get("timings", {}).get("total")
    took = "" if seconds is None else f"   {seconds:.1f} s"
    folder = result.files[0].parent if result.files else None
    if folder is None:
        return took.strip()
    slashes = ["/" if path.is_dir() else "" for path in result.files]
    names = [path.relative_to(folder).as_posix() for path in result.files]
    first, *more = [f"{name}{slash}" for name, slash in zip(names, slashes, strict=True)]
    return f" {COPIES.as_typed(str(folder / first))}{slashes[0]}  {'  '.join(more)}{took}"
