"""The example census measured once, as published, and its report."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl
import pytest

from harmonize import pipeline
from harmonize.report.page import report
from harmonize.report.release import Release, Run
from harmonize.words import words_in

CENSUS = Path(__file__).resolve().parents[2] / "examples" / "census" / "persons.csv.gz"
MEASURED = ["4.5.1", "4.6.1", "7.1.1", "8.5.2", "8.6.1"]
SENTINEL = 4321.98765  # a number that no table has


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a run with `--format csv,parquet,html`, two samples."""
    out = tmp_path_factory.mktemp("run")
    pipeline.run("ipums/international", [CENSUS], out, indicators=MEASURED, formats=["csv", "parquet", "html"])
    return out


@pytest.fixture(scope="session")
def pair(folder: Path) -> Run:
    """That run, with its two samples."""
    record = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    methods = pl.read_csv(folder / "methods.csv", infer_schema=False).fill_null("")
    return Run(pl.read_parquet(folder / "estimates.parquet"), methods.cast({"year": pl.Int64}), record)


@pytest.fixture(scope="session")
def one(pair: Run) -> Run:
    """The first of its samples alone."""
    return part(pair, [pair.record["samples"][0]["sample"]])


@pytest.fixture(scope="session")
def many(pair: Run) -> Run:
    """Six samples, made of the two: three countries with two censuses each, their electricity moved apart."""
    first, second = (part(pair, [each["sample"]]) for each in pair.record["samples"])
    made = [
        moved(run, f"{country}_{year}", country, year, 0.6 + 0.05 * place)
        for place, (run, country, year) in enumerate(
            (each, country, year)
            for country in ("CRI", "MEX", "ZWE")
            for year, each in ((2000 + len(country), first), (2012, second))
        )
    ]
    lists = {name: [entry for run in made for entry in run.record[name]] for name in ("samples", "left_out",
             "availability")}  # fmt: skip
    return Run(
        pl.concat([run.estimates for run in made]),
        pl.concat([run.methods for run in made]),
        {**pair.record, **lists},
    )


def part(run: Run, samples: list[str]) -> Run:
    """Some of the samples of a run."""
    lists = {
        name: [entry for entry in run.record[name] if entry["sample"] in samples]
        for name in ("samples", "left_out", "availability")
    }
    inside = pl.col("sample").is_in(samples)
    return replace(
        run,
        estimates=run.estimates.filter(inside),
        methods=run.methods.filter(inside),
        record={**run.record, **lists},
    )


def only(run: Run, *indicators: str) -> Run:
    """Some of the indicators of a run."""
    some = pl.col("indicator").is_in(indicators)
    return replace(run, estimates=run.estimates.filter(some), methods=run.methods.filter(some))


def moved(run: Run, sample: str, country: str, year: int, times: float) -> Run:
    """The run under another name, its levels in percent multiplied."""
    told = {"sample": sample, "country": country, "year": year}
    columns = [pl.lit(value).alias(name) for name, value in told.items()]
    level = (pl.col("unit") == "percent") & (pl.col("statistic") == "level")
    numbers = [
        pl.when(level).then(pl.col(name) * times).otherwise(pl.col(name)).alias(name)
        for name in ("estimate", "ci_lower", "ci_upper")
    ]
    lists = {
        name: [{**entry, **{key: told[key] for key in told if key in entry}} for entry in run.record[name]]
        for name in ("samples", "left_out", "availability")
    }
    return replace(
        run,
        estimates=run.estimates.with_columns(*columns, *numbers).cast({"year": pl.Int64}),
        methods=run.methods.with_columns(columns).cast({"year": pl.Int64}),
        record={**run.record, **lists},
    )


@dataclass(frozen=True)
class Page:
    """A report read back."""

    text: str
    root: ElementTree.Element

    def all(self, tag: str, **attributes: str) -> Iterator[ElementTree.Element]:
        """The elements of that name and attributes (`class_` is one of its classes)."""
        wanted = attributes.pop("class_", "")
        for each in self.root.iter(tag):
            classes = each.get("class", "").split()
            if (not wanted or wanted in classes) and all(each.get(k) == v for k, v in attributes.items()):
                yield each

    @property
    def words(self) -> str:
        """All text that somebody can read, blanks as one."""
        return told(self.root.find("body"))


def told(element: ElementTree.Element | None) -> str:
    """The text of an element."""
    assert element is not None
    return " ".join("".join(element.itertext()).split())


def read(text: str) -> Page:
    """A report as a tree: it is well-formed XML too, so that no parser has to guess."""
    return Page(text, ElementTree.fromstring(text))


@pytest.fixture(scope="session")
def page() -> Callable[..., Page]:
    """`page(run, ...)`: the report of these runs in English."""
    return lambda *runs: read(report(Release.of(runs), words_in("en")))


@pytest.fixture(scope="session")
def page_of_one(page: Callable[..., Page], one: Run) -> Page:
    return page(one)


@pytest.fixture(scope="session")
def page_of_many(page: Callable[..., Page], many: Run) -> Page:
    return page(many)


@pytest.fixture(scope="session")
def short_page_of_one(page: Callable[..., Page], one: Run) -> Page:
    return page(only(one, "4.5.1", "8.6.1"))


@pytest.fixture(scope="session")
def short_page_of_many(page: Callable[..., Page], many: Run) -> Page:
    """Of two countries."""
    names = [each["sample"] for each in many.record["samples"] if each["country"] != "ZWE"]
    return page(only(part(many, names), "7.1.1"))
