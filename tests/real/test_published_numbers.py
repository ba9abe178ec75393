"""Numbers that others published on these very files, from what our commands print or write."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from harmonize import pipeline
from harmonize.mapping.model import ReadOptions
from harmonize.readers import open_extract
from tests import unprotected

REAL = Path(__file__).resolve().parents[3] / "shared" / "real"
pytestmark = pytest.mark.skipif(not REAL.is_dir(), reason=f"the real files are not at {REAL}")

STAND_IN = """\
mapping: stand-in
version: 1.0.0
title: A question made from income, since these extracts ask none of ours
source: {producer: made, citation: made, documentation: made, checked_on: "2026-11-24"}
extends: ipums/cps
variables:
  electricity:
    from: INCTOT
    when:
      - {if: "INCTOT >= 99999998", then: unknown}
      - {if: "INCTOT > 5000", then: "yes"}
      - {if: "INCTOT <= 5000", then: "no"}
  nativity:
    from: [INCTOT, PERNUM]
    when:
      - {if: "PERNUM > 1 AND INCTOT > 0", then: foreign_born}
      - {if: "PERNUM = 1 OR INCTOT <= 0", then: native_born}
"""


def scan(*parts: str, columns: tuple[str, ...]) -> pl.DataFrame:
    with open_extract([REAL.joinpath(*parts)], ReadOptions(), None, None, ()) as extract:
        return extract.scan(columns).collect()


def total(result: pipeline.RunResult) -> int:
    return int(result.run["rows"])


@pytest.fixture(scope="module")
def stand_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("mapping") / "stand-in.yaml"
    path.write_text(STAND_IN, encoding="utf-8")
    return path


# one extract three times: fixed width, csv, hierarchical
SAME = ("cps_00157.dat.gz", "cps_00158.csv.gz", "cps_00159.dat.gz")


@pytest.mark.parametrize("name", SAME)
def test_run_reads_7668_persons_in_3385_households(name: str, tmp_path: Path) -> None:
    result = unprotected.run("ipums/cps", [REAL / "ipumsr" / name], tmp_path / "out")
    assert result.run["rows"] == 7668
    assert result.run["households"] == 3385


def test_fixed_width_csv_and_hierarchical_give_the_same_bytes(stand_in: Path, tmp_path: Path) -> None:
    written = []
    for name in SAME:
        out = tmp_path / name
        unprotected.run(str(stand_in), [REAL / "ipumsr" / name], out)
        written.append((out / "estimates.csv").read_bytes())
    assert written[0].count(b"\n") > 20
    assert written[0] == written[1] == written[2]


def test_the_hierarchical_cps_00421_has_201993_persons_with_the_published_weights(tmp_path: Path) -> None:
    result = unprotected.run("ipums/cps-basic", [REAL / "ipumspy" / "cps_00421.dat.gz"], tmp_path / "out")
    assert (result.run["rows"], result.run["households"]) == (201_993, 137_285 - 51_989)
    first = scan("ipumspy", "cps_00421.dat.gz", columns=("WTFINL",))["WTFINL"].head(5).cast(pl.Float64)
    # the second is published with a fifth decimal; the file has four, 1978.1985
    published = [1662.5757, 1978.19857, 1801.0842, 1243.6042, 2037.9611]
    assert first.to_list() == pytest.approx(published, abs=1e-4, rel=0)
    assert first.to_list() == [*published[:1], 1978.1985, *published[2:]]


def test_cps_00160_has_10883_persons_with_the_published_mean_age_and_incomes() -> None:
    frame = scan("ipumsr", "cps_00160.dat.gz", columns=("AGE", "INCTOT")).cast(pl.Int64)
    assert frame.height == 10_883
    assert round(float(frame["AGE"].mean()), 4) == 35.0226  # type: ignore[arg-type]
    income = frame["INCTOT"].filter(frame["INCTOT"] < 999_999_998)
    assert income.max() == 1_230_006
    assert income.filter(income <= 1_000_000).max() == 990_003


def test_the_first_weights_of_cps_00006_are_the_published_ones_in_all_its_formats() -> None:
    first = [1475.59, 1475.59, 1475.59, 1597.61, 1706.65]
    for name in ("cps_00006.dat.gz", "cps_00006.csv.gz", "cps_00006.parquet"):
        frame = scan("ipumspy", name, columns=("HWTSUPP",))
        assert frame.height == 7668
        assert frame["HWTSUPP"].head(5).cast(pl.Float64).to_list() == first


def test_the_weights_of_puerto_rico_2012_add_up_to_its_population() -> None:
    weights = scan("ipumspy", "usa_00172.dat.gz", columns=("PERWT",))["PERWT"].cast(pl.Float64)
    assert round(weights.sum()) == 3_667_084


@pytest.mark.parametrize(("state", "persons", "population"), [("56", 6199, 587_618), ("50", 6938, 648_493)])
def test_the_weights_of_wyoming_and_vermont_2024_add_up_to_their_population(
    state: str, persons: int, population: int
) -> None:
    weights = scan("acs-pums-2024", f"p_{state}.parquet", columns=("PWGTP",))["PWGTP"].cast(pl.Int64)
    assert (len(weights), weights.sum()) == (persons, population)


def test_the_files_of_2024_give_unemployment_by_nativity(tmp_path: Path) -> None:
    folder = REAL / "acs-pums-2024"
    result = unprotected.run(
        "usa/acs-pums", [folder / "p_56.parquet"], tmp_path / "out", households=folder / "h_56.parquet"
    )
    person = pl.read_parquet(folder / "p_56.parquet")
    force = person.filter(pl.col("AGEP") >= 16, pl.col("ESR").is_in([1, 2, 3, 4, 5]))
    for nativity, code in (("native_born", 1), ("foreign_born", 2)):
        mine = force.filter(pl.col("NATIVITY") == code)
        share = 100 * mine.filter(pl.col("ESR") == 3)["PWGTP"].sum() / mine["PWGTP"].sum()
        row = result.estimates.filter(
            pl.col("indicator") == "8.5.2", pl.col("disaggregation") == "nativity", pl.col("nativity") == nativity
        ).row(0, named=True)
        assert row["estimate"] == pytest.approx(share, rel=1e-12)
        assert (row["n"], row["population"]) == (mine.height, mine["PWGTP"].sum())


def test_the_sample_of_2011_has_6279_persons_who_stand_for_645569(tmp_path: Path) -> None:
    folder = REAL / "acs-pums-2011"
    result = unprotected.run(
        "usa/acs-pums", [folder / "dpus.csv.gz"], tmp_path / "out", households=folder / "dhus.csv.gz"
    )
    assert total(result) == 6279
    weights = scan("acs-pums-2011", "dpus.csv.gz", columns=("PWGTP",))["PWGTP"].cast(pl.Int64)
    assert weights.sum() == 645_569
