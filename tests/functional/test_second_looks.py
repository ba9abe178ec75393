"""What is looked at twice, through whole runs: 10.2.1, the median of 8.5.1 and standardised rates on odd extracts."""

from __future__ import annotations

import itertools
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from harmonize.apply import apply
from harmonize.options import PLAIN, Options
from tests import unprotected
from tests.functional.parts import assert_same_files, cut, merged, whole
from tests.spec_r.second_looks_mapping import ARRIVAL, BIRTHS
from tests.spec_r.second_looks_mapping import MAPPING as PLAIN_ONE

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "tests" / "spec_r" / "inputs" / "second_looks.csv"
ASKED = Options(standardise=("age", "age*sex"), lines=(("1.1.1", 3.0), ("1.2.1", 20.0)))
INDICATORS = ("1.1.1", "1.2.1", "3.7.2", "4.3.1", "7.1.1", "8.5.1", "8.6.1", "10.2.1")

ONE = PLAIN_ONE + BIRTHS + ARRIVAL
MAPPING = ONE.replace("sample: {country", "sample: {id: {from: S}, country")
HOUSEHOLDS = MAPPING.replace(", cluster: CL", "")
ONE_SAMPLE = MAPPING.replace("id: {from: S}", "id: MADE")
SECOND = ("below_half_median", "median_hourly", "mean_hourly_hours_weighted")


def persons() -> pl.DataFrame:
    """The made persons, all as text: strata 1 and 2 are sample A, 3 and 4 are sample B."""
    frame = pl.read_csv(DATA, infer_schema=False).with_columns(pl.all().fill_null(""))
    return frame.with_columns(S=pl.when(pl.col("ST").is_in(["1", "2"])).then(pl.lit("A")).otherwise(pl.lit("B")))


def answered(column: str, answer: str) -> pl.Expr:
    """The column with one answer of all who have any."""
    return pl.when(pl.col(column) != "").then(pl.lit(answer)).otherwise(column).alias(column)


@pytest.fixture
def run(tmp_path: Path) -> Callable[..., pl.DataFrame]:
    """`run(mapping, frame, ...)`: the estimates of a run of these rows; of several frames, as several files."""
    number = itertools.count()

    def call(mapping: str, *frames: pl.DataFrame, **options: Any) -> pl.DataFrame:
        folder = tmp_path / f"run-{next(number)}"
        folder.mkdir()
        (folder / "made.yaml").write_text(mapping, encoding="utf-8")
        files = [folder / f"rows-{at}.csv" for at in range(len(frames))]
        for path, frame in zip(files, frames, strict=True):
            frame.write_csv(path)
        asked = {"indicators": INDICATORS, "options": ASKED, "formats": ["csv"]} | options
        return unprotected.run(str(folder / "made.yaml"), files, folder / "out", **asked).estimates

    return call


def of(table: pl.DataFrame, series: str, status: str = "_T", statistic: str = "level", **more: str) -> dict[str, Any]:
    """The row of a series by migratory status, or of its total."""
    by = "total" if status == "_T" and statistic == "level" else "migratory_status"
    found = table.filter(series=series, disaggregation=by, migratory_status=status, statistic=statistic, **more)
    assert found.height == 1
    return found.row(0, named=True)


def assert_close(one: pl.Series, other: pl.Series, rel: float = 1e-6) -> None:
    """Numbers that are nearly the same, and empty in the same places."""
    assert len(one) == len(other) > 0
    for a, b in zip(one, other, strict=True):
        assert (a is None) == (b is None), one.name
        assert a is None or a == pytest.approx(b, rel=rel), one.name


# ---- the same bytes, however the rows come


@pytest.fixture(scope="module", params=["clusters", "households"])
def expected(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, bytes]:
    """A mapping, and the bytes of its estimates from one file in one batch."""
    mapping = {"clusters": MAPPING, "households": HOUSEHOLDS}[request.param]
    folder = tmp_path_factory.mktemp("expected")
    found = written(mapping, folder, [persons()])
    table = pl.read_csv(folder / "out" / "estimates.csv", infer_schema_length=None)
    assert set(SECOND) < set(table["series"])
    assert set(table["adjustment"]) == {"none", "age_shift", "standardised_age", "standardised_age_sex"}
    standardised = set(table.filter(pl.col("adjustment") == "standardised_age")["series"])
    assert {"births_15_19", "mean_hourly"} < standardised
    assert set(table["sample"]) == {"A", "B"}
    return mapping, found


def written(mapping: str, folder: Path, frames: Sequence[pl.DataFrame], **options: Any) -> bytes:
    """The bytes of the estimates of a run into a folder."""
    (folder / "made.yaml").write_text(mapping, encoding="utf-8")
    files = [folder / f"rows-{at}.csv" for at in range(len(frames))]
    for path, frame in zip(files, frames, strict=True):
        frame.write_csv(path)
    unprotected.run(
        str(folder / "made.yaml"), files, folder / "out", indicators=INDICATORS, options=ASKED, formats=["csv"],
        by=["sex"], **options,
    )  # fmt: skip
    return (folder / "out" / "estimates.csv").read_bytes()


@pytest.mark.parametrize("chunk_size", [100, 500])
def test_batches_of_any_size_give_the_same_bytes(expected: tuple[str, bytes], tmp_path: Path, chunk_size: int) -> None:
    assert written(expected[0], tmp_path, [persons()], chunk_size=chunk_size) == expected[1]


def test_a_batch_a_household_gives_the_same_bytes(expected: tuple[str, bytes], tmp_path: Path) -> None:
    some = persons()[600:720]  # of both samples; a batch a row is slow
    assert set(some["S"]) == {"A", "B"}
    whole = written(expected[0], tmp_path, [some])
    assert written(expected[0], tmp_path, [some], chunk_size=1) == whole


@pytest.mark.parametrize("seed", [1, 2])
def test_rows_in_any_order_give_the_same_bytes(expected: tuple[str, bytes], tmp_path: Path, seed: int) -> None:
    shuffled = persons().sample(fraction=1, shuffle=True, seed=seed)
    assert written(expected[0], tmp_path, [shuffled], chunk_size=100) == expected[1]


def test_several_files_give_the_same_bytes(expected: tuple[str, bytes], tmp_path: Path) -> None:
    frame = persons()
    cuts = [0, 1, 333, 334, 800, frame.height]
    parts = [frame[a:b] for a, b in itertools.pairwise(cuts)]
    assert written(expected[0], tmp_path, parts[::-1]) == expected[1]


def test_any_number_of_threads_gives_the_same_bytes(tmp_path: Path) -> None:
    (tmp_path / "made.yaml").write_text(MAPPING, encoding="utf-8")
    persons().write_csv(tmp_path / "rows.csv")
    asked = [text for number in INDICATORS for text in ("--indicator", number)]
    asked += ["--standardise", "age", "--standardise", "age*sex"]
    asked += ["--poverty-line", "1.1.1=3.00/day", "--poverty-line", "1.2.1=20/day", "--protect", "none", "--quiet"]
    found = set()
    for threads in ("1", "2"):
        out = tmp_path / threads
        subprocess.run(
            [sys.executable, "-m", "harmonize", "run", tmp_path / "made.yaml", tmp_path / "rows.csv", "-o", out,
             *asked],
            check=True, env={**os.environ, "POLARS_MAX_THREADS": threads, "PYTHONPATH": str(ROOT)},
        )  # fmt: skip
        found.add((out / "estimates.csv").read_bytes())
    assert len(found) == 1
    assert b"standardised_age_sex" in found.pop()


# ---- parts that are merged


def applied(mapping: str, frame: pl.DataFrame, folder: Path) -> Path:
    (folder / "made.yaml").write_text(mapping, encoding="utf-8")
    frame.write_csv(folder / "rows.csv")
    apply(str(folder / "made.yaml"), [folder / "rows.csv"], folder / "all.parquet")
    return folder / "all.parquet"


@pytest.mark.parametrize(
    "design",
    ["stratum: ST, cluster: CL", "stratum: ST", "cluster: [ST, CL]", "stratum: ST, cluster: CL, fpc: {column: N}",
     "stratum: ST, cluster: CL, fpc: {fraction: 0.25}"],
)  # fmt: skip
def test_parts_merged_give_the_bytes_of_all_with_any_design(tmp_path: Path, design: str) -> None:
    mapping = MAPPING.replace("stratum: ST, cluster: CL", design)
    frame = persons()[300:900]
    assert set(frame["S"]) == {"A", "B"}
    path = applied(mapping, frame, tmp_path)
    options: dict[str, Any] = {"indicators": INDICATORS, "options": ASKED, "by": ["sex"]}
    whole(path, tmp_path / "whole", **options)
    result, states = merged(cut(path, [1, 250, 251, 252, 550]), tmp_path, **options)
    assert len(states) == 6
    assert_same_files(tmp_path / "whole", tmp_path / "merged")
    assert set(SECOND) < set(result.estimates["series"])
    adjusted = result.estimates.filter(adjustment="standardised_age_sex")
    assert {"births_15_19", "mean_hourly", "electricity"} <= set(adjusted["series"])


def test_a_part_that_is_nothing_but_a_piece_of_a_household(tmp_path: Path) -> None:
    frame = persons().filter(pl.col("S") == "A")[:60]
    path = applied(HOUSEHOLDS, frame, tmp_path)
    options: dict[str, Any] = {"indicators": INDICATORS, "options": ASKED}
    whole(path, tmp_path / "whole", **options)
    merged(cut(path, list(range(20, 40))), tmp_path, **options)
    assert_same_files(tmp_path / "whole", tmp_path / "merged")


# ---- samples of one extract


def test_each_sample_of_an_extract_has_the_numbers_that_it_has_alone(run: Callable[..., pl.DataFrame]) -> None:
    both = run(MAPPING, persons())
    lines = set()
    for name in ("A", "B"):
        alone = run(MAPPING, persons().filter(pl.col("S") == name))
        mine = both.filter(sample=name)
        # what standardised rates are made of is rounded to units that are fine for both samples
        exact = pl.col("adjustment") == "none"
        assert alone.filter(exact).equals(mine.filter(exact))
        one, other = alone.filter(~exact), mine.filter(~exact)
        assert one.drop("se", "ci_lower", "ci_upper", "cv").equals(other.drop("se", "ci_lower", "ci_upper", "cv"))
        for column in ("se", "ci_lower", "ci_upper", "cv"):
            assert_close(one[column], other[column])
        lines.add(of(mine, "below_half_median")["estimate"])
    assert len(lines) == 2


def test_a_line_of_half_the_median_is_each_samples_own(run: Callable[..., pl.DataFrame]) -> None:
    # B has a hundred times the income of A, and so have its poor: by one line everybody in A would be poor.
    frame = persons().filter(pl.col("S") == "A", ~pl.col("INC").is_in(["9999999", ""]))
    rich = frame.with_columns(
        S=pl.lit("B"), HH=(pl.col("HH").cast(pl.Int64) + 5000).cast(pl.String),
        INC=(pl.col("INC").cast(pl.Float64) * 100).round(2).cast(pl.String),
    )  # fmt: skip
    table = run(MAPPING, pl.concat([frame, rich]))
    poor = table.filter(series="below_half_median").drop("sample")
    numbers = [name for name in poor.columns if name not in ("se", "ci_lower", "ci_upper", "cv", "deff")]
    a, b = (poor.filter(table.filter(series="below_half_median")["sample"] == name) for name in ("A", "B"))
    assert 10 < of(a, "below_half_median")["estimate"] < 45
    assert a.select(numbers).equals(b.select(numbers))
    assert_close(a["se"], b["se"], 1e-4)  # of amounts a hundred times as coarse


def test_a_sample_of_which_no_income_is_known_has_no_rows_and_leaves_the_other_alone(
    run: Callable[..., pl.DataFrame],
) -> None:
    frame = persons().with_columns(INC=pl.when(pl.col("S") == "B").then(pl.lit("9999999")).otherwise("INC"))
    table, plain = run(MAPPING, frame), run(MAPPING, persons())
    poor = table.filter(series="below_half_median")
    assert set(poor["sample"]) == {"A"}
    assert poor.equals(plain.filter(series="below_half_median", sample="A"))
    assert table.filter(series="median_hourly").equals(plain.filter(series="median_hourly"))


def test_no_income_known_at_all(run: Callable[..., pl.DataFrame]) -> None:
    nothing = persons().with_columns(answered("EARN", "999999"), INC=pl.lit("9999999"))
    table = run(MAPPING, nothing)
    assert not {"below_half_median", "median_hourly"} & set(table["series"])
    assert "standardised_age" in set(table["adjustment"])


# ---- odd persons


FEW = """\
mapping: few
version: 1.0.0
title: A few persons
source: {producer: P, citation: C, documentation: D, checked_on: "2026-01-01"}
sample: {country: MEX, year: 2020}
design: {person_weight: W, weight_decimals: 0}
variables:
  nativity: {from: NAT, codes: {native_born: n, foreign_born: f}, concept: birthplace}
  age: {from: AGE, number: {}}
  living_quarters: {from: LQ, codes: {private_household: 1}}
  household_size: {from: SIZE, number: {}}
  household_income: {from: INC, number: {}, period: week, currency: MXN}
  labour_force_status: {from: LF, codes: {employed: 1}}
  status_in_employment: {from: STATUS, codes: {employee: 1}}
  earnings: {from: EARN, number: {}, period: hour, currency: MXN}
  hours_worked_week: {from: HRS, number: {}, hours: usual}
"""


def few(*rows: tuple[str, float, int]) -> pl.DataFrame:
    """Persons alone, of 30 years: (nativity, income a day and earnings an hour, weight)."""
    return pl.DataFrame(
        [
            {"NAT": nativity, "AGE": 30, "LQ": 1, "SIZE": 1, "INC": 7 * amount, "LF": 1, "STATUS": 1,
             "EARN": max(amount, 0), "HRS": 40, "W": weight}
            for nativity, amount, weight in rows
        ]
    )  # fmt: skip


def test_half_of_a_median_is_strictly_more_than_who_is_below(run: Callable[..., pl.DataFrame]) -> None:
    # 4, 5, 10, 10, 12: the median is 10. Five is half of it and not below, four is.
    table = run(FEW, few(("f", 4, 1), ("f", 5, 1), ("n", 10, 1), ("n", 10, 1), ("n", 12, 1)))
    assert of(table, "below_half_median")["estimate"] == pytest.approx(20)
    assert of(table, "below_half_median", "migrant")["estimate"] == pytest.approx(50)
    assert of(table, "below_half_median", "migrant")["n_numerator"] == 1
    assert of(table, "below_half_median", "non_migrant")["estimate"] == 0


def test_at_exactly_half_the_weight_the_lower_value_is_the_median(run: Callable[..., pl.DataFrame]) -> None:
    # Up to 4 there is half the weight of eight: the median is 4, as R's qrule "math" has it, and not 7.
    rows = few(("f", 1, 1), ("n", 4, 3), ("f", 10, 3), ("n", 12, 1))
    assert of(run(FEW, rows), "median_hourly")["estimate"] == 4.0
    # half of it is 2: of eight the one of weight one is below
    assert of(run(FEW, rows), "below_half_median")["estimate"] == pytest.approx(12.5)


def test_one_income_for_all_has_no_spread(run: Callable[..., pl.DataFrame]) -> None:
    table = run(FEW, few(*[("fn"[at % 2], 7, 1 + at % 3) for at in range(40)]))
    for status in ("_T", "migrant", "non_migrant"):
        poor, median = of(table, "below_half_median", status), of(table, "median_hourly", status)
        assert (poor["estimate"], poor["se"], poor["ci_lower"]) == (0.0, 0.0, 0.0)
        assert 0 < poor["ci_upper"] < 30
        assert (median["estimate"], median["se"], median["ci_lower"], median["ci_upper"]) == (7.0, 0.0, 7.0, 7.0)
    assert of(table, "below_half_median", statistic="difference")["estimate"] == 0.0
    assert of(table, "median_hourly", statistic="ratio")["estimate"] == 1.0
    for row in table.iter_rows(named=True):  # whatever could not be worked out is empty, not nan
        assert not any(value != value for value in row.values() if isinstance(value, float))


def test_losses_are_below_half_the_median_and_no_wages(run: Callable[..., pl.DataFrame]) -> None:
    rows = [("f", -3, 1), ("n", -50, 1), *(("n", amount, 1) for amount in (6, 8, 10, 12, 20)), ("f", 9, 1)]
    table = run(FEW, few(*rows))
    # -50, -3, 6, 8, 9, 10, 12, 20: the median is 8, both losses are below 4
    assert of(table, "below_half_median")["estimate"] == pytest.approx(25)
    assert of(table, "below_half_median", "migrant")["estimate"] == pytest.approx(50)
    # earnings of nothing count: 0, 0, 6, 8, ... the median is 8
    assert of(table, "median_hourly")["estimate"] == 8.0


@pytest.mark.parametrize("incomes", [(-9, -8, -4, -3, 1), (0, 0, 0, 3, 4)])
def test_half_of_a_median_that_is_no_income_is_no_line(
    run: Callable[..., pl.DataFrame], incomes: tuple[int, ...]
) -> None:
    table = run(FEW, few(*(("fn"[at % 2], amount, 1) for at, amount in enumerate(incomes))))
    row = of(table, "below_half_median")
    assert (row["estimate"], row["se"], row["obs_status"]) == (None, None, "M")


def test_persons_of_no_weight_change_no_estimate(run: Callable[..., pl.DataFrame]) -> None:
    frame = persons()
    more = frame.filter(pl.col("P") == "1").with_columns(
        answered("EARN", "1.0"), W=pl.lit("0"), P=pl.lit("99"), INC=pl.lit("1.00")
    )
    place = ["ST", "HH", "P"]
    keys = [pl.col(name).cast(pl.Int64) for name in place]
    with_them = run(MAPPING, pl.concat([frame, more]).sort(keys))
    plain = run(MAPPING, frame)
    same = ["sample", "series", "statistic", "adjustment", "disaggregation", "migratory_status", "estimate", "df"]
    same += ["population"]
    chosen = pl.col("series").is_in(SECOND) | (pl.col("adjustment") != "none")
    one, other = with_them.filter(chosen), plain.filter(chosen)
    assert one.select(same).equals(other.select(same))
    assert_close(one["se"], other["se"])  # the interval at 0 % is by persons


def test_a_single_person_has_an_estimate_and_no_error(run: Callable[..., pl.DataFrame]) -> None:
    table = run(FEW, few(("f", 7, 1)))
    median = of(table, "median_hourly")
    assert (median["estimate"], median["se"], median["ci_lower"], median["obs_status"]) == (7.0, None, None, "U")
    assert of(table, "below_half_median")["estimate"] == 0.0


# ---- designs


def test_a_full_count_has_no_error(run: Callable[..., pl.DataFrame]) -> None:
    full = MAPPING.replace("{person_weight: W, weight_decimals: 2, stratum: ST, cluster: CL}", "{full_count: true}")
    table = run(full, persons())
    chosen = table.filter(pl.col("series").is_in(SECOND) | (pl.col("adjustment") != "none"))
    assert chosen.height > 60
    for name in ("se", "ci_lower", "ci_upper", "cv", "df", "deff"):
        assert chosen[name].null_count() == chosen.height, name
    assert chosen["estimate"].is_null().equals(chosen["obs_status"] == "M")
    assert chosen["estimate"].null_count() < chosen.height / 5
    even = run(MAPPING, persons().with_columns(W=pl.lit("1")))
    same = ("sample", "series", "statistic", "adjustment", "disaggregation", "migratory_status", "estimate")
    assert chosen.select(same).equals(
        even.filter(pl.col("series").is_in(SECOND) | (pl.col("adjustment") != "none")).select(same)
    )


def test_a_row_of_a_dwelling_counts_as_its_persons(run: Callable[..., pl.DataFrame]) -> None:
    head = """\
version: 1.0.0
title: Dwellings
source: {producer: P, citation: C, documentation: D, checked_on: "2026-01-01"}
sample: {country: MEX, year: 2020}
"""
    variables = """
variables:
  urban_rural: {from: SEX, codes: {urban: 1, rural: 2}}
  living_quarters: {from: LQ, codes: {private_household: 1, institution: 2}}
  household_size: {from: SIZE, number: {}}
  household_income: {from: INC, number: {}, missing: {unknown: 9999999, not_applicable: blank}, period: month}
"""
    design = "person_weight: W, weight_decimals: 2, stratum: ST, cluster: CL"
    dwellings = f"mapping: my/dwellings\nunit: dwelling\n{head}design: {{{design}, size: SIZE}}\n{variables}"
    of_persons = f"mapping: my/persons\n{head}design: {{{design}}}\nkeys: {{household: HH}}\n{variables}"
    frame = persons().filter(pl.col("P") == "1")
    expanded = frame.select(pl.all().repeat_by(pl.col("SIZE").cast(pl.Int64)).explode())
    options = {"options": Options(lines=(("1.1.1", 3.0),)), "indicators": ("1.1.1", "10.2.1")}
    found = run(dwellings, frame, by=["urban_rural"], **options)
    assert {"below_half_median", "international_poverty"} == set(found["series"])
    assert found.filter(series="below_half_median", disaggregation="urban_rural").height == 2
    assert found.equals(run(of_persons, expanded, by=["urban_rural"], **options))


def test_a_sampled_fraction_shrinks_the_error_by_its_root(run: Callable[..., pl.DataFrame]) -> None:
    some = run(ONE_SAMPLE, persons())
    most = run(ONE_SAMPLE.replace("cluster: CL", "cluster: CL, fpc: {fraction: 0.75}"), persons())
    assert some.select("series", "estimate").equals(most.select("series", "estimate"))
    linearised = pl.col("series").is_in(["below_half_median", "mean_hourly_hours_weighted"])
    linearised |= pl.col("adjustment") != "none"
    assert_close(some.filter(linearised)["se"] / 2, most.filter(linearised)["se"])
    # the interval of a median goes to quantiles at half the distance
    wide, narrow = of(some, "median_hourly"), of(most, "median_hourly")
    assert wide["ci_lower"] < narrow["ci_lower"] < narrow["estimate"] < narrow["ci_upper"] < wide["ci_upper"]


def test_strata_of_one_cluster_are_as_the_option_says(run: Callable[..., pl.DataFrame]) -> None:
    frame = (
        persons()
        .with_columns(ST=pl.when(pl.col("CL") == "1").then(pl.lit("9")).otherwise("ST"))
        .filter(pl.col("S") == "A")
    )
    frame = frame.filter((pl.col("ST") != "9") | (pl.col("HH") == frame.filter(pl.col("ST") == "9")["HH"][0]))
    centered, certainty = (run(HOUSEHOLDS, frame, singleton=how) for how in ("centered", "certainty"))
    for series in ("below_half_median",):
        assert of(centered, series)["estimate"] == of(certainty, series)["estimate"]
        assert of(centered, series)["se"] > of(certainty, series)["se"] > 0


# ---- beside other series


def test_standardised_rates_are_as_fine_whatever_the_amounts_of_other_series(run: Callable[..., pl.DataFrame]) -> None:
    """In a currency of large numbers the sums of earnings are near what an integer holds."""
    known = ~pl.col("EARN").is_in(["", "999999"])
    ten_thousandfold = pl.col("EARN").str.replace(".", "", literal=True) + "000"
    large = persons().with_columns(EARN=pl.when(known).then(ten_thousandfold).otherwise("EARN"))
    standardised = pl.col("adjustment").str.starts_with("standardised")
    adjusted = standardised & (pl.col("indicator") != "8.5.1")
    everything = run(ONE_SAMPLE, large)
    with_earnings = everything.filter(adjusted)
    without = run(ONE_SAMPLE, large, indicators=[each for each in INDICATORS if each != "8.5.1"]).filter(adjusted)
    assert_close(with_earnings["se"], without["se"])
    means, small = (
        table.filter(standardised, series="mean_hourly", statistic="level")
        for table in (everything, run(ONE_SAMPLE, persons()))
    )
    # earnings an hour have four decimals in both currencies
    assert_close(means["se"], small["se"] * 10_000, 1e-5)


def test_standardised_rates_are_those_without_a_series_by_the_head_of_the_household(
    run: Callable[..., pl.DataFrame],
) -> None:
    head = """\
  relationship_to_head: {from: P, codes: {head: 1, other_relative: [2, 3, 4, 5, 6]}}
  pregnancy_related_deaths_12_months: {from: DEATHS, number: {}}
"""
    frame = persons().with_columns(DEATHS=pl.lit("1"))
    adjusted = pl.col("adjustment") != "none"
    with_it = run(ONE_SAMPLE + head, frame, indicators=[*INDICATORS, "3.1.1"])
    assert "3.1.1" in set(with_it["indicator"])
    plain = run(ONE_SAMPLE, frame)
    assert (
        with_it.filter(adjusted)
        .drop("se", "ci_lower", "ci_upper", "cv")
        .equals(plain.filter(adjusted).drop("se", "ci_lower", "ci_upper", "cv"))
    )
    assert_close(with_it.filter(adjusted)["se"], plain.filter(adjusted)["se"])


def test_without_the_options_there_is_neither_a_line_nor_a_standard(run: Callable[..., pl.DataFrame]) -> None:
    table = run(ONE_SAMPLE, persons(), options=PLAIN)
    assert set(table["adjustment"]) == {"none", "age_shift"}
    assert not {"1.1.1", "1.2.1"} & set(table["indicator"])
    asked = (
        run(ONE_SAMPLE, persons())
        .filter(pl.col("adjustment").is_in(["none", "age_shift"]))
        .filter(~pl.col("indicator").is_in(["1.1.1", "1.2.1"]))
    )
    assert asked.equals(table)
