"""`--totals`: beside each share, how many persons it is of; on run, tabulate and merge."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import openpyxl
import polars as pl
import pytest
from click.testing import CliRunner

from harmonize.cli import main
from harmonize.options import Options
from tests import unprotected
from tests.functional.example import CENSUS, MAPPING
from tests.functional.test_second_looks import ONE_SAMPLE, persons

ASKED = ["--indicator", "4.6.1", "--indicator", "7.1.1", "--indicator", "8.6.1", "--quiet"]
SAME = ("n", "n_numerator", "population", "left_out_share", "conf_status")
NUMBERS = ("estimate", "se", "ci_lower", "ci_upper", "cv", "df", "deff", "n", "n_numerator", "population")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Protected tables with totals of `run`, `tabulate` and `merge`; without them, `plain`; and all open, `open`."""
    folder = tmp_path_factory.mktemp("made")
    for words in (
        ["run", MAPPING, CENSUS, "-o", folder / "run", *ASKED, "--totals"],
        ["run", MAPPING, CENSUS, "-o", folder / "plain", *ASKED],
        [
            "run",
            MAPPING,
            CENSUS,
            "-o",
            folder / "open",
            *ASKED,
            "--totals",
            "--protect",
            "none",
            "--format",
            "parquet,xlsx",
        ],
        ["apply", MAPPING, CENSUS, "-o", folder / "h.parquet", "--quiet"],
        ["tabulate", folder / "h.parquet", "-o", folder / "tabulate", *ASKED, "--totals"],
        ["tabulate", folder / "h.parquet", "-o", folder / "part", "--partial", *ASKED],
        ["merge", folder / "part" / "state.zip", "-o", folder / "merge", "--totals", "--quiet"],
    ):
        result = CliRunner().invoke(main, [str(word) for word in words])
        assert result.exit_code == 0, result.stderr
    return folder


def table(folder: Path) -> pl.DataFrame:
    return pl.read_parquet(folder / "estimates.parquet")


def both(rows: pl.DataFrame) -> pl.DataFrame:
    """Each total beside its share, whose columns end in _share."""
    named = [name for name in rows.columns[: rows.columns.index("estimate")] if name != "unit"]
    shares = rows.filter(pl.col("statistic") == "level", pl.col("unit") == "percent")
    totals = rows.filter(unit="count")
    found = totals.join(shares, on=named, suffix="_share", nulls_equal=True)
    assert found.height == totals.height == shares.height > 20
    return found


def test_run_tabulate_and_merge_write_the_same_totals(made: Path) -> None:
    run, tabulate, merge = ((made / name / "estimates.csv").read_bytes() for name in ("run", "tabulate", "merge"))
    assert run == tabulate == merge
    assert b",count,level," in run


def test_a_total_follows_its_share_and_changes_no_other_row(made: Path) -> None:
    rows, plain = table(made / "run"), table(made / "plain")
    assert rows.filter(pl.col("unit") != "count").equals(plain)
    shares = rows.filter(pl.col("unit") == "percent", pl.col("statistic") == "level").height
    assert rows.filter(unit="count").height == shares
    before = rows.with_columns(pl.col("unit", "statistic").shift(1).name.suffix("_before"))
    assert before.filter(unit="count").select("unit_before", "statistic_before").unique().rows() == [
        ("percent", "level")
    ]


def test_a_total_is_hidden_where_its_share_is_and_then_has_no_number(made: Path) -> None:
    found = both(table(made / "run"))
    assert found["conf_status"].equals(found["conf_status_share"].rename("conf_status"))
    hidden = found.filter(pl.col("conf_status") != "F")
    assert set(hidden["conf_status"]) == {"C", "D"}
    assert hidden.select(pl.col(*NUMBERS, "left_out_share").is_not_null().any()).row(0) == (False,) * (len(NUMBERS) + 1)
    assert set(hidden["obs_status"]) == {"M"}


@pytest.mark.parametrize("name", ["run", "open"])
def test_a_total_is_the_share_of_the_population_and_counts_the_same_persons(made: Path, name: str) -> None:
    found = both(table(made / name)).filter(pl.col("estimate").is_not_null())
    assert found.height > 100
    for column in SAME:
        assert found[column].equals(found[f"{column}_share"].rename(column))
    told = found["population"] * found["estimate_share"] / 100
    assert ((found["estimate"] - told).abs() <= 1e-9 * found["population"]).all()
    assert found["deff"].null_count() == found.height
    whole = found.filter(pl.col("estimate_share") == 100)
    assert whole.height > 0
    assert whole["estimate"].equals(whole["population"].rename("estimate"))


def test_the_interval_of_a_total_is_above_nothing_and_of_nobody_that_of_the_share(made: Path) -> None:
    found = both(table(made / "open")).filter(pl.col("ci_lower").is_not_null())
    some, nobody = found.filter(pl.col("estimate") > 0), found.filter(pl.col("estimate") == 0)
    assert some.height > 50
    assert ((some["ci_lower"] > 0) & (some["ci_lower"] < some["estimate"])).all()
    assert (some["ci_upper"] > some["estimate"]).all()
    assert nobody.height > 0
    assert set(nobody["se"]) == set(nobody["ci_lower"]) == {0.0}
    upper = nobody["population"] * nobody["ci_upper_share"] / 100
    assert ((nobody["ci_upper"] - upper).abs() <= 1e-9 * upper).all()


def test_a_total_with_a_large_coefficient_of_variation_is_unreliable(made: Path) -> None:
    found = both(table(made / "open")).filter(pl.col("obs_status") != "M")
    vague = found.filter(pl.col("cv") > 0.30)
    assert vague.height > 10
    assert set(vague["obs_status"]) == {"U"}
    assert found.filter(obs_status="A").height > 10
    few = found.filter((pl.col("n") < 30) | (pl.col("df") < 8))
    assert set(few["obs_status"]) == {"U"}


def test_run_json_tells_whether_totals_were_asked_for(made: Path) -> None:
    told = {name: json.loads((made / name / "run.json").read_text(encoding="utf-8"))["totals"] for name in
            ("run", "merge", "plain")}  # fmt: skip
    assert told == {"run": True, "merge": True, "plain": False}


def test_a_suppressed_total_is_not_counted_again_beside_its_share(made: Path) -> None:
    told = {name: json.loads((made / name / "run.json").read_text(encoding="utf-8"))["protection"] for name in
            ("run", "plain")}  # fmt: skip
    assert told["run"]["suppressed"] == told["plain"]["suppressed"]
    assert told["run"]["rules"] == told["plain"]["rules"]
    assert all(told["run"]["suppressed"].values())
    log, plain = (pl.read_csv(made / name / "private" / "release_log.csv") for name in ("run", "plain"))
    assert log.filter(pl.col("unit") != "count").equals(plain)
    hidden = log.filter(pl.col("unit") == "count", pl.col("rule") != "shown")["numbers"].sum()
    assert hidden == table(made / "run").filter(pl.col("unit") == "count", pl.col("conf_status") != "F").height > 0


def test_the_workbook_has_the_totals_after_the_shares(made: Path) -> None:
    book = openpyxl.load_workbook(made / "open" / "estimates.xlsx")
    lines = list(book["7.1.1"].iter_rows(values_only=True))
    words = [str(line[0]) for line in lines]
    units = ("percent", "number of persons")
    percent, counted = (next(i for i, text in enumerate(words) if text.endswith(f": {unit}")) for unit in units)
    assert percent < counted
    totals = table(made / "open").filter(unit="count", indicator="7.1.1", disaggregation="total")
    shown = [line[1:3] for line in lines[counted:] if line[0] == "Total"]
    assert shown == [
        (pytest.approx(row["estimate"], rel=1e-15), pytest.approx(row["se"], rel=1e-15))
        for row in totals.iter_rows(named=True)
    ]


def test_the_workbook_says_why_totals_have_no_difference(made: Path) -> None:
    book = openpyxl.load_workbook(made / "open" / "estimates.xlsx")
    why = "the run made no such table (harmonize run --by asks for more); of numbers of persons there is no difference."
    for sheet in ("Contents", "7.1.1"):
        assert [line for line in book[sheet].iter_rows(values_only=True) if why in str(line[0])]
    lines = list(book["7.1.1"].iter_rows(values_only=True))
    (at,) = [place for place, title in enumerate(lines[1]) if title == "Difference: migrants − non-migrants"]
    totals = [line[at : at + 5] for line in lines if line[0] == "Total"]
    assert [any(each is not None for each in cells) for cells in totals] == [True, True, False, False]


def test_the_summary_shows_the_shares_as_without_totals(as_typed, tmp_path: Path) -> None:
    told = {}
    for name, more in (("plain", []), ("totals", ["--totals"])):
        asked = ["--indicator", "7.1.1", "--indicator", "8.6.1", *more]
        result = as_typed("run", MAPPING, CENSUS, "-o", tmp_path / name, *asked)
        told[name] = [line for line in result.stderr.splitlines() if line.startswith((" 7.1.1", " 8.6.1"))]
    assert told["plain"] == told["totals"]
    assert len(told["plain"]) == 4


@pytest.mark.parametrize("noise", [["cell-key", "--key", "KEY"], ["round:5"]])
@pytest.mark.parametrize("command", ["run", "tabulate", "merge"])
def test_beside_counts_with_noise_totals_are_refused(as_typed, made: Path, tmp_path: Path, command, noise) -> None:
    (tmp_path / "KEY").write_text(hashlib.sha256(b"a key").hexdigest())
    given = {"run": [MAPPING, CENSUS], "tabulate": [made / "h.parquet"], "merge": [made / "part" / "state.zip"]}
    protect = [tmp_path / "KEY" if word == "KEY" else word for word in noise]
    if command == "merge":
        protect = protect[:1]  # the parts have the key
    result = as_typed(command, *given[command], "-o", tmp_path / "out", "--totals", "--protect", *protect)
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"--totals goes with --protect suppress or none, not with {noise[0]}" in result.stderr
    assert "leave --totals out" in result.stderr
    assert not (tmp_path / "out").exists()


def test_a_part_has_no_totals_they_are_given_to_merge(as_typed, made: Path, tmp_path: Path) -> None:
    result = as_typed("tabulate", made / "h.parquet", "-o", tmp_path / "part", "--partial", "--totals")
    assert result.exit_code == 2
    assert "--totals goes with estimates, which --partial does not make" in result.stderr
    assert "give it to merge" in result.stderr


def second_looks(tmp_path: Path, mapping: str) -> tuple[pl.DataFrame, list[str]]:
    """Made persons with shares, poverty by half the median, means, medians, gaps and standardised rates."""
    persons().write_csv(tmp_path / "persons.csv")
    (tmp_path / "made.yaml").write_text(mapping, encoding="utf-8")
    run = unprotected.run(
        str(tmp_path / "made.yaml"), [tmp_path / "persons.csv"], tmp_path / "out", totals=True,
        options=Options(standardise=("age",)),
    )  # fmt: skip
    return run.estimates, run.run["notices"]


def test_means_medians_half_the_median_and_standardised_rates_have_no_totals(tmp_path: Path) -> None:
    rows, _ = second_looks(tmp_path, ONE_SAMPLE)
    counted = rows.filter(unit="count")
    assert counted.height > 0
    assert set(counted["adjustment"]) == {"none"}
    assert "standardised_age" in set(rows["adjustment"])
    assert {"8.5.1", "10.2.1"} <= set(rows["indicator"])
    assert not {"8.5.1", "10.2.1"} & set(counted["indicator"])


def test_weights_that_are_no_population_count_nobody_and_the_run_says_so(tmp_path: Path) -> None:
    rows, notices = second_looks(
        tmp_path, ONE_SAMPLE.replace("weight_decimals: 2", "weight_decimals: 2, weight_kind: normalised")
    )
    assert rows["population"].null_count() == rows.height
    assert "count" not in set(rows["unit"])
    assert [text for text in notices if text.startswith("--totals: the weights do not add up to a population")]


def test_a_full_count_has_totals_without_an_error(tmp_path: Path) -> None:
    full = ONE_SAMPLE.replace("{person_weight: W, weight_decimals: 2, stratum: ST, cluster: CL}", "{full_count: true}")
    assert full != ONE_SAMPLE
    rows, _ = second_looks(tmp_path, full)
    counted = both(rows.filter(pl.col("adjustment") == "none", pl.col("indicator") != "10.2.1"))
    some = counted.filter(pl.col("estimate").is_not_null())
    assert some.height > 0
    assert some["estimate"].cast(pl.Int64).equals(some["n_numerator"].rename("estimate"))
    for name in ("se", "ci_lower", "ci_upper", "cv", "df", "deff"):
        assert some[name].null_count() == some.height
    assert "A" in set(some["obs_status"])
