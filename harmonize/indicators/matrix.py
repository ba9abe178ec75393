"""The matrix of availability: each series by each mapping (what it can be at most) and sample (what it was).

A column is made from a mapping, or read from the run.json of a run; both have a status for each series.
"""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from harmonize.errors import DataFileError, OutputError
from harmonize.indicators import INDICATORS
from harmonize.indicators.availability import Status
from harmonize.indicators.membership import MEMBERSHIP
from harmonize.indicators.reasons import Reason, reason
from harmonize.indicators.status import IndicatorStatus, availability

COLUMNS = (
    "indicator", "series", "title", "membership", "mapping", "country", "year", "sample", "availability",
    "reason_codes", "reasons",
)  # fmt: skip
RECORD = "run.json"
STATUSES: tuple[Status, ...] = ("unavailable", "proxy", "exact")  # from the worst
ORDER = {key: place for place, key in enumerate(series.key for each in INDICATORS.values() for series in each.shown)}

Key = tuple[str, str]


@dataclass(frozen=True)
class Column:
    """A status for each (indicator, series): of all samples of a mapping at most, or of one sample of a run.

    A run that was asked for some indicators alone has no status for the others. sample, country and year
    are empty of a mapping. source: the mapping or path, as the user named it.
    """

    source: str
    mapping: str
    found: dict[Key, IndicatorStatus]
    sample: str = ""
    country: str = ""
    year: str = ""


def of_mapping(name: str, mapping: Any) -> Column:
    """What the samples of a mapping can have; name: as the user typed it."""
    return Column(name, name, {(each.number, each.series): each for each in availability(mapping)})


def of_runs(paths: Iterable[Path], tell: Callable[[str], None]) -> list[Column]:
    """A column for each sample of each run; paths: run.json, its folder, or a folder of such folders.

    A run that is named twice counts once. The parts of an extract in a folder are left out and told.
    Raises DataFileError where there is no run, or a file is another.
    """
    found: dict[Path, tuple[Path, Any]] = {}
    for path in paths:
        for record in _records(path, tell):
            if record.resolve() not in found:
                found[record.resolve()] = record, _read(record)
    return [column for record, content in found.values() for column in _columns(record, content)]


def of_run(path: Path) -> list[Column]:
    """A column for each sample of a run, see of_runs."""
    return of_runs([path], lambda _: None)


def _records(path: Path, tell: Callable[[str], None]) -> list[Path]:
    """The run.json of each run. Raises DataFileError where there is none but of parts."""
    named = path / RECORD if path.is_dir() else path
    if named.is_file():
        if _is_part(_read(named)):
            raise DataFileError(
                f"{named} is of a part of an extract, which has no estimates",
                f"join the parts first with `harmonize merge`, and give the {RECORD} that it writes",
            )
        return [named]
    if path.is_dir():
        inside = sorted(path.glob(f"*/{RECORD}"))
        if not inside:
            raise DataFileError(
                f"{path}: has no {RECORD}: no run ended there",
                "give the folder that harmonize run wrote with -o, or run it again",
            )
        parts = [record for record in inside if _is_part(_read(record))]
        if len(parts) == len(inside):
            raise DataFileError(
                f"{path}: has parts of an extract alone, which have no estimates",
                f"join them first with `harmonize merge`, and give the {RECORD} that it writes",
            )
        for record in parts:
            tell(f"{record} is of a part: `harmonize merge` first")
        return [record for record in inside if record not in parts]
    raise DataFileError(f"{path}: no such file", f"give the {RECORD} that harmonize run wrote, or its folder")


def _is_part(content: Any) -> bool:
    """Whether `tabulate --partial` wrote it."""
    return isinstance(content, dict) and "partial" in content


def _read(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise DataFileError(f"{path}: can't be read ({error.strerror})", f"give the {RECORD} of a run") from error
    except ValueError as error:
        raise _another(path) from error


def _another(path: Path) -> DataFileError:
    return DataFileError(
        f"{path}: is not the {RECORD} of a run",
        f"give the {RECORD} that harmonize run, tabulate or merge wrote, or its folder; for a mapping, --mapping",
    )


def _columns(path: Path, record: Any) -> Iterator[Column]:
    try:
        entries = [(str(entry["sample"]), _status(entry)) for entry in record["availability"]]
        samples = {str(one["sample"]): (str(one["country"]), str(one["year"])) for one in record["samples"]}
        mapping = str(record["mapping"]["id"])
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise _another(path) from error
    for sample in dict.fromkeys([*samples, *(sample for sample, _ in entries)]):
        found = {(each.number, each.series): each for name, each in entries if name == sample}
        yield Column(str(path.parent), mapping, found, sample, *samples.get(sample, ("", "")))


def _status(entry: dict[str, Any]) -> IndicatorStatus:
    """An entry of run.json as the status it was written from. Raises what a malformed one raises."""
    status: Status = entry["status"]
    if status not in STATUSES:
        raise ValueError(status)
    missing = tuple(str(name) for name in entry["missing"])
    codes = [str(code) for code in entry["reasons"]]
    if "words" in entry:
        reasons = tuple(Reason(code, str(words)) for code, words in zip(codes, entry["words"], strict=True))
    else:  # a run.json from before it had them
        reasons = tuple(_reason(code, missing) for code in codes)
    return IndicatorStatus(str(entry["number"]), str(entry["series"]), status, reasons, missing)


def _reason(code: str, missing: Sequence[str]) -> Reason:
    """A code of run.json as a reason; that of another version of this program is its own words."""
    try:
        return reason(code, ", ".join(missing) if code == "missing_variable" else "")
    except KeyError:
        return Reason(code, code.replace("_", " "))


def keys(columns: Sequence[Column], numbers: Collection[str] = ()) -> list[Key]:
    """The series of the columns in the order of their numbers: of the indicators `numbers`, or of all."""
    there = dict.fromkeys(key for column in columns for key in column.found if not numbers or key[0] in numbers)
    return sorted(there, key=lambda key: ORDER.get(key, len(ORDER)))


def why(status: IndicatorStatus, *, in_full: bool = False) -> str:
    """The reasons in words, empty of what is exact; a variable that is lacking is `needs literacy`.

    in_full: with what a mapping says of why it lacks the variable.
    """
    words = "; ".join(each.words for each in status.reasons)
    alone = [each.code for each in status.reasons] == ["missing_variable"]
    if alone or not status.missing:
        return f"needs {', '.join(status.missing)}" if alone and not in_full else words
    return f"{words} (needs {', '.join(status.missing)})"


def totals(column: Column, numbers: Collection[str] = ()) -> str:
    """`8 indicators exact, 12 proxy, 24 not available`: each by the best of its series."""
    exact, proxy, unavailable = _counts(column, numbers)
    return f"{exact} indicator{'' if exact == 1 else 's'} exact, {proxy} proxy, {unavailable} not available"


def of_the_24(column: Column) -> tuple[int, int]:
    """How many of the 24 indicators of priority are exact and how many a proxy, each by the best of its series."""
    return _counts(column, [number for number, each in MEMBERSHIP.items() if each.standing != "extra"])[:2]


def _counts(column: Column, numbers: Collection[str]) -> tuple[int, int, int]:
    best: dict[str, int] = {}
    for key in keys([column], numbers):
        if key in column.found:
            best[key[0]] = max(best.get(key[0], 0), STATUSES.index(column.found[key].status))
    exact, proxy, unavailable = (sum(value == rank for value in best.values()) for rank in (2, 1, 0))
    return exact, proxy, unavailable


def rows(columns: Sequence[Column], numbers: Collection[str] = ()) -> Iterator[dict[str, str]]:
    """A row, keys COLUMNS, for each series and column; none where the run was not asked for the series."""
    titles = {series.key: series.title for each in INDICATORS.values() for series in each.shown}
    for key in keys(columns, numbers):
        for column in columns:
            if (status := column.found.get(key)) is None:
                continue
            yield {
                "indicator": key[0], "series": key[1], "title": titles.get(key, ""),
                "membership": MEMBERSHIP[key[0]].standing if key[0] in MEMBERSHIP else "",
                "mapping": column.mapping, "country": column.country, "year": column.year, "sample": column.sample,
                "availability": status.status,
                "reason_codes": ";".join(each.code for each in status.reasons), "reasons": why(status, in_full=True),
            }  # fmt: skip


def as_csv(columns: Sequence[Column], numbers: Collection[str] = ()) -> str:
    """The rows as csv: a header, `\\n`, quotes where needed."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows(columns, numbers))
    return text.getvalue()


def write_csv(text: str, path: Path) -> None:
    """Write beside `path` and rename. Raises OutputError."""
    part = path.with_name(f".{path.name}.part")
    try:
        part.write_text(text, encoding="utf-8", newline="")
        os.replace(part, path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise OutputError(f"{path}: can't be written ({error.strerror})", "give another file with -o") from error
