"""A mapping against the data it reads: what `harmonize check --data` looks at."""

from __future__ import annotations

import tempfile
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Any

import polars as pl

from harmonize.apply import apply
from harmonize.errors import Finding
from harmonize.mapping.model import Mapping, VariableRule
from harmonize.plan import Plan
from harmonize.readers import Extract, open_extract
from harmonize.readers.blocks import sound
from harmonize.rules.codes import CodesRule
from harmonize.rules.extract_columns import ExtractColumns
from harmonize.rules.source_codes import number_of
from harmonize.rules.targets import MISSING
from harmonize.schema import VARIABLES

FEW = 10  # persons that are told as `<10`
MOSTLY = 50.0  # per cent unknown, of those who were asked
LEAST_OF_A_SEX = 25.0  # per cent of the persons


def against_data(
    mapping: Mapping, data: Sequence[Path], households: Sequence[Path] = (), codebook: Path | None = None
) -> list[Finding]:
    """D001 to D006, sorted. Raises a HarmonizeError where the data can't be read or do not fit at all."""
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "harmonised.parquet"
        done = apply(
            str(mapping.path), data, made, households=list(households) or None, codebook=codebook, allow_unmapped=True
        )
        told = done.description.content
        rows = _counted(pl.scan_parquet(made))
        extract = open_extract(list(data), mapping.read, codebook, list(households) or None, mapping.keys.household)
        plan = Plan.make(mapping.lacking(extract.columns)[0], extract)
        findings = [*_unmapped(mapping, told), *_contradictions(mapping, plan, rows, told)]
        findings += [*_shares(mapping, rows, {str(entry["variable"]) for entry in told["unmapped"]})]
        findings += [*_totals(mapping, rows, told)]
    return sorted({*findings, *_never_seen(mapping, extract)})


def _counted(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Those that the mapping includes, with their `_weight` in persons."""
    names = rows.collect_schema().names()
    weight = pl.col("_weight").cast(pl.Float64)
    if "_persons" in names:
        weight = weight * pl.col("_persons")
    return (rows.filter("_include") if "_include" in names else rows).with_columns(weight.alias("_weight"))


def _at(rule: VariableRule, code: str, message: str, help: str, severity: Any = "warning") -> Finding:
    line, column = rule.position
    return Finding(rule.path, line, column, code, message, help, severity, line, column + len(rule.name))


def _unmapped(mapping: Mapping, told: dict[str, Any]) -> Iterator[Finding]:
    for entry in told["unmapped"]:
        name, label = entry["variable"], f" '{entry['label']}'" if entry["label"] else ""
        message = f"{name}: {entry['column']} {entry['code']}{label} is not mapped, and {_persons(entry['persons'])} it"
        yield _at(mapping.variables[name], "D001", message, "give it to a category, or to unknown", "error")


def _contradictions(mapping: Mapping, plan: Plan, rows: pl.LazyFrame, told: dict[str, Any]) -> Iterator[Finding]:
    """D003: answers that exclude each other, as a run counts them."""
    of = told["samples"]
    rows = rows.with_columns(
        _country=pl.col("_sample").replace_strict({name: country for name, (country, _) in of.items()}),
        _year=pl.col("_sample").replace_strict({name: year for name, (_, year) in of.items()}, return_dtype=pl.Int64),
    )
    there = set(rows.collect_schema().names())
    tests = {name: expr for name, expr in plan.whole.contradictions.items() if set(expr.meta.root_names()) <= there}
    if not tests:
        return
    counts = rows.select(expr.sum().alias(name) for name, expr in tests.items()).collect(engine="streaming").row(0)
    for (name, expr), persons in zip(tests.items(), counts, strict=True):
        if persons:
            about = next((root for root in expr.meta.root_names() if root in mapping.variables), None)
            rule = mapping.variables[about] if about else next(iter(mapping.variables.values()))
            message = f"{name.replace('_', ' ')}: {_persons(persons)} answers that contradict each other"
            help = f"`harmonize explain {rule.name} --mapping {mapping.path} --data ...` shows the codes behind it"
            yield _at(rule, "D003", message, help)


def _never_seen(mapping: Mapping, extract: Extract) -> Iterator[Finding]:
    """D002: single codes of the mapping, not of a lookup, that no person has."""
    columns = ExtractColumns(extract.columns, extract.numeric, mapping.read.decimal)
    rules = [rule for rule in mapping.variables.values() if isinstance(rule.rule.body, CodesRule)]
    rules = [rule for rule in rules if len(rule.rule.body.source.names) == 1]  # else it may be another candidate's code
    of = {rule.name: columns.first(rule.rule.body.source) for rule in rules}
    names = sorted({name for name in of.values() if name is not None})
    if not names:
        return
    with extract, sound([*extract.files, *extract.households_files]):
        seen = extract.scan(names).select(pl.col(names).unique().implode()).collect(engine="streaming")
    texts = {name: {(cell or "").strip() or "blank" for cell in seen[name][0].to_list()} for name in names}
    numbers = {name: {number_of(text) for text in found} for name, found in texts.items()}
    for rule in rules:
        name = of[rule.name]
        if name is None:
            continue
        body = rule.rule.body
        own = [code for entry in body.entries if entry.value not in MISSING for code in entry.codes]
        shared = {id(code) for code in (body.lookup.codes if body.lookup else ())}
        never = [
            code.text
            for code in own
            if not (
                code.is_range or id(code) in shared or code.text in texts[name] or code.low in numbers[name] - {None}
            )
        ]
        if never:
            listed = f"{', '.join(never[:5])}{f' and {len(never) - 5} more' if len(never) > 5 else ''}"
            message = f"{rule.name}: no person has {name} {listed}"
            yield _at(rule, "D002", message, "is it a code of another release, or of another file?", "info")


def _shares(mapping: Mapping, rows: pl.LazyFrame, unmapped: Collection[str]) -> Iterator[Finding]:
    """D004: distributions that no population has. unmapped: variables with such codes, which are mended first."""
    there = rows.collect_schema().names()
    names = [name for name in mapping.variables if name in there and VARIABLES[name].kind == "category"]
    names = [name for name in names if name not in unmapped]
    for name in names:
        sums = (
            rows.group_by(pl.col(name).cast(pl.String))
            .agg(pl.col("_weight").sum(), persons=pl.len())
            .collect(engine="streaming")
        )
        found = {value: share for value, share, _ in sums.iter_rows()}
        persons = int(sums["persons"].sum())
        asked = {value: share for value, share in found.items() if value != "not_applicable"}
        whole = sum(asked.values())
        rule = mapping.variables[name]
        if persons < FEW or not whole:
            if persons >= FEW:
                yield _at(rule, "D004", f"{name}: nobody was asked", "is not_applicable given to the right codes?")
            continue
        unknown = 100 * asked.get("unknown", 0) / whole
        if unknown > MOSTLY:
            message = f"{name}: {unknown:.0f} % of those asked are unknown"
            yield _at(
                rule, "D004", message, "is a code given to unknown that means an answer, or that nobody was asked?"
            )
        known = {value for value in asked if value != "unknown"}
        targets = getattr(rule.rule.body, "targets", ())
        if len(known) == 1 and len({target for target in targets if target not in MISSING}) > 1:
            message = f"{name}: everybody is {next(iter(known))}"
            yield _at(rule, "D004", message, "are the data only of these, or is another column meant?", "info")
        if name == "sex" and len(known) == 2:
            least, share = min(((value, asked[value]) for value in known), key=lambda each: each[1])
            if 100 * share / sum(asked[value] for value in known) < LEAST_OF_A_SEX:
                message = f"sex: {100 * share / sum(asked[value] for value in known):.0f} % are {least}"
                yield _at(
                    rule, "D004", message, "is a code of one sex given to the other, or the file of a part alone?"
                )


def _totals(mapping: Mapping, rows: pl.LazyFrame, told: dict[str, Any]) -> Iterator[Finding]:
    """D005: totals that the office published. D006: those that can't be compared."""
    there = rows.collect_schema().names()
    factor = told["design"]["weight_factor"] or 1.0
    for each in mapping.expect:
        lacking = [name for name, _ in each.of if name not in there]
        line, column = each.where.line, each.where.column
        place = (each.path, line, column)
        if lacking:
            message = f"expect: the data have no {', '.join(lacking)}, so this total is not compared"
            help = "take an extract that has the column, or remove the total"
            yield Finding(*place, "D006", message, help, "warning", line, column + len("persons"))
            continue
        of = [pl.col(name).cast(pl.String) == value for name, value in each.of]
        chosen = rows.filter(pl.all_horizontal([pl.lit(True), *of]))
        weight, persons = chosen.select(pl.col("_weight").sum(), pl.len()).collect(engine="streaming").row(0)
        found = float(weight) * factor
        off = 100 * abs(found - each.persons) / each.persons if each.persons else float("inf") if found else 0.0
        if off <= each.within:
            continue
        words = f"{found:,.0f} {each.words}"
        if persons < FEW:
            words = f"{each.words}, of whom the data have fewer than {FEW}"
        away = f": {off:,.1f} % off" if persons >= FEW else ""
        message = f"expect: {words}, where {each.persons:,.0f} are published{away}"
        help = f"published in {each.seen_in}; is it the right weight, file and category, and are the data whole? "
        help += f"Up to {each.within:g} % would pass"
        yield Finding(*place, "D005", message, help, "error", line, column + len("persons"))


def _persons(count: int | str) -> str:
    """`12 persons have`, `<10 persons have`."""
    return f"{count if isinstance(count, str) else f'<{FEW}' if count < FEW else f'{count:,}'} persons have"
