"""What was seen of an extract as plain data, for JSON and for the screen: the one place that protects persons.

A count from 1 to under the minimum is the text `<10`. A value is shown only if it is a code: it has a label,
or OFTEN records have it, or it is one of a few that are repeated so often. Others are gathered.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from harmonize.inspect.columns import Column
from harmonize.inspect.keys import Keys
from harmonize.inspect.weights import Weight
from harmonize.readers import Extract
from harmonize.readers.source import HOUSEHOLD
from harmonize.rules.source_codes import number_of
from harmonize.run_record import Counts

FEW = 20
"""Different values up to which a column without labels is shown as codes, if they are repeated often."""
OFTEN = 10
"""Records with the same value from which it is no person's own, whatever the minimum of counts."""
FEW_LABELLED = 60
"""The same where the codebook labels at least half of them."""


@dataclass
class Seen:
    """What one pass saw. keys: None where only some variables were asked for. replicates: stem -> columns."""

    records: int
    columns: dict[str, Column]
    keys: Keys | None
    weights: list[Weight]
    replicates: dict[str, list[str]]


def titles(extract: Extract) -> dict[str, str]:
    """Column -> label of the variable in the codebook, where it has one."""
    variables = extract.codebook.variables if extract.codebook else {}
    own = ((name, variables.get(name.removeprefix(HOUSEHOLD))) for name in extract.columns)
    return {name: variable.label for name, variable in own if variable and variable.label}


def record_of(extract: Extract, seen: Seen, named: bool, min_count: int) -> dict[str, Any]:
    """The record: files, codebook, records, min_count, weights, variables; the keys if not `named`.

    named: the variables were asked for by name, and are shown whole.
    """
    show = Counts(min_count)
    vacant = extract.households_without_persons
    labels = titles(extract)
    not_codes = {each.column for each in seen.weights} | {n for group in seen.replicates.values() for n in group}
    record: dict[str, Any] = {
        "files": [str(path) for path in extract.files],
        "codebook": str(extract.codebook.path) if extract.codebook else None,
        "records": show(seen.records),
        "households_without_persons": None if vacant is None else show(vacant),
        "columns": len(extract.columns),
        "min_count": min_count,
    }
    if seen.keys is not None:
        household, of_records = seen.keys.household, seen.keys.record
        record |= {
            "household_key": household
            and {"columns": list(household.columns), "values": household.runs, "checked": household.checked},
            "record_key": of_records and {"columns": list(of_records[0]), "checked": of_records[1]},
        }
    record["weights"] = [_weight(each, seen.columns[each.column], labels, show) for each in seen.weights]
    record["replicate_weights"] = [
        {"first": columns[0], "last": columns[-1], "columns": len(columns)} for columns in seen.replicates.values()
    ]
    record["variables"] = [
        {
            "variable": name,
            "label": labels.get(name, ""),
            **_form(extract, name, column),
            **_values(name, column, seen),
            "missing": show(column.missing),
            "missing_share": _share(column.missing, seen.records, show),
            **_codes(column, extract.labels.get(name, {}), named, name not in not_codes, show),
        }
        for name, column in seen.columns.items()
    ]
    return record


def _weight(weight: Weight, column: Column, labels: Mapping[str, str], show: Counts) -> dict[str, Any]:
    return {
        "variable": weight.column,
        "label": labels.get(weight.column, ""),
        "sum": weight.sum,
        "decimals": column.form.decimals or 0,
        "no_number": show(weight.no_number),
        "zero_or_negative": show(weight.not_positive),
    }


def _form(extract: Extract, name: str, column: Column) -> dict[str, Any]:
    """type: what all cells are, whatever file or codebook say, which is `stated`."""
    form = column.form
    numbers = "decimal" if form.decimals is not None else "whole"
    kind = "blank" if not (form.numbers or form.texts) else "text" if form.texts else numbers
    stated = None if extract.numeric is None else "number" if name in extract.numeric else "text"
    return {
        "type": kind,
        "stated": stated,
        "some_numbers": form.numbers and form.texts,
        "length": form.length,
        "decimals": form.decimals,
    }


def _values(name: str, column: Column, seen: Seen) -> dict[str, Any]:
    """How many values differ, and whether that is the number itself or about it."""
    of_key = seen.keys.values(name) if seen.keys else None
    if of_key is not None:
        return {"values": of_key, "values_exact": True}
    about = min(column.distinct.number, seen.records - column.missing)
    return {"values": about, "values_exact": column.distinct.exact}


def _codes(column: Column, labels: Mapping[str, str], named: bool, may_be: bool, show: Counts) -> dict[str, Any]:
    """codes: None where the values are not shown; others: the values that are no codes, by number alone."""
    counts = column.counts
    if not counts:
        return {"codes": None, "others": None}
    total = counts.total()
    records = total + column.missing
    by_key = {_key(code): label for code, label in labels.items()}
    labelled = sum(_key(code) in by_key for code in counts)
    often = total >= max(show.minimum, OFTEN) * len(counts)
    few = may_be and len(counts) <= FEW and often
    if not (named or few or (2 * labelled >= len(counts) and len(counts) <= FEW_LABELLED)):
        return {"codes": None, "others": None}
    shown = {
        code: number
        for code, number in counts.items()
        if few or _key(code) in by_key or number >= max(show.minimum, OFTEN)
    }
    codes = [
        {
            "code": code,
            "label": by_key.get(_key(code), ""),
            "records": show(shown[code]),
            "share": _share(shown[code], records, show),
        }
        for code in _in_order(shown)
    ]
    rest = total - sum(shown.values())
    others = {"values": len(counts) - len(shown), "records": show(rest)} if rest else None
    return {"codes": codes, "others": others}


def _share(part: int, whole: int, show: Counts) -> float | None:
    share = show.share(part, whole)
    return None if share is None else round(share, 6)


def _key(code: str) -> float | str:
    """Codes are the same as those of the codebook where they are the same number: `03` and `3`."""
    number = number_of(code)
    return code if number is None else number


def _in_order(codes: Iterable[str]) -> list[str]:
    def place(code: str) -> tuple[bool, float, str]:
        number = number_of(code)
        return number is None, number or 0.0, code

    return sorted(codes, key=place)
