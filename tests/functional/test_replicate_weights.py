"""Replicate weights through whole runs: read, refused, carried into harmonised files and states, told in run.json."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl
import pytest

from harmonize import pipeline
from harmonize.apply import apply
from harmonize.errors import FitError, MappingError
from harmonize.options import Options
from tests import unprotected
from tests.functional.jackknifed import PERSONS, POOLED, REPLICATED, TAYLOR
from tests.functional.parts import assert_same_files, both, cut, merged, whole
from tests.functional.test_dwelling_files import DWELLINGS, dwellings
from tests.functional.test_dwelling_files import PERSONS as OF_PERSONS

ASKED: dict[str, Any] = {
    "indicators": ["3.7.2", "7.1.1", "8.5.1", "8.6.1", "10.2.1"],
    "options": Options(standardise=("age",)),
    "by": ["sex"],
}


def run(folder: Path, mapping: str, frame: pl.DataFrame, **options: Any) -> pipeline.RunResult:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "made.yaml").write_text(mapping, encoding="utf-8")
    frame.write_csv(folder / "rows.csv")
    return unprotected.run(str(folder / "made.yaml"), [folder / "rows.csv"], folder / "out", **(ASKED | options))


def run_both_ways(folder: Path, mapping: str, frame: pl.DataFrame) -> None:
    """`run`, protected and not: see `both`."""
    (folder / "made.yaml").write_text(mapping, encoding="utf-8")
    frame.write_csv(folder / "rows.csv")
    both(partial(pipeline.run, str(folder / "made.yaml")), [folder / "rows.csv"], folder / "out", **ASKED)


def test_they_win_over_strata_and_clusters(tmp_path: Path) -> None:
    either = REPLICATED.replace("replicate_weights", "stratum: ST, cluster: CL, replicate_weights")
    alone = run(tmp_path / "alone", REPLICATED, PERSONS).estimates
    assert (
        run(tmp_path / "both", either, PERSONS)
        .estimates.drop("ci_lower", "ci_upper")
        .equals(alone.drop("ci_lower", "ci_upper"))
    )
    taylor = run(tmp_path / "taylor", TAYLOR, PERSONS).estimates
    assert taylor["estimate"].equals(alone["estimate"])
    assert not taylor["se"].equals(alone["se"])


STRATA, CLUSTERS = PERSONS["ST"].n_unique(), PERSONS.select("ST", "CL").n_unique()
BY_CLUSTERS = "{person_weight: W, weight_decimals: 6, stratum: ST, cluster: CL}"


@pytest.mark.parametrize(
    ("mapping", "words"),
    [
        (REPLICATED, f"{CLUSTERS} replicate weights, jkn"),
        (TAYLOR, f"Taylor linearisation, {STRATA} strata, {CLUSTERS} clusters"),
        (TAYLOR.replace(BY_CLUSTERS, "{full_count: true}"), "none, a full count"),
    ],
)
def test_methods_csv_and_the_workbook_say_which_standard_errors_these_are(
    tmp_path: Path, mapping: str, words: str
) -> None:
    found = run(tmp_path, mapping, PERSONS, formats=["xlsx"])
    assert ("full count" in words) == (found.estimates["se"].null_count() == found.estimates.height)
    measured = found.methods.filter(pl.col("measurement") != "unavailable")
    assert measured.height > 5
    assert set(measured["standard_errors"]) == {words}
    assert set(found.methods.filter(pl.col("measurement") == "unavailable")["standard_errors"]) <= {""}
    contents = openpyxl.load_workbook(tmp_path / "out" / "estimates.xlsx")["Contents"]
    (line,) = [
        text
        for (text, *_) in contents.iter_rows(values_only=True)
        if text and f": {PERSONS.height:,} persons, " in str(text)
    ]
    assert line.endswith(f"; standard errors: {words}.")


def test_a_jackknife_of_clusters_says_nearly_what_linearisation_says(tmp_path: Path) -> None:
    one = run(tmp_path / "one", REPLICATED, PERSONS).estimates
    other = run(tmp_path / "other", TAYLOR, PERSONS).estimates
    key = one.columns[: one.columns.index("estimate")]
    both = one.join(other, on=key, suffix="_taylor", nulls_equal=True, validate="1:1").filter(
        pl.col("n") > 100, (pl.col("se") > 0) & (pl.col("se_taylor") > 0)
    )
    # a median's interval goes from one person's earnings to another's, and a standardised rate is of few at each age
    apart = both.select(
        "series", off=pl.col("se") / pl.col("se_taylor"),
        rough=(pl.col("series") == "median_hourly") | (pl.col("adjustment") == "standardised_age"),
    )  # fmt: skip
    assert {"below_half_median", "mean_hourly", "neet", "births_15_19"} <= set(apart.filter(~pl.col("rough"))["series"])
    assert apart.filter(~pl.col("rough"))["off"].is_between(0.98, 1.1).all()
    assert apart.filter("rough")["off"].is_between(0.9, 1.7).all()


def test_their_degrees_of_freedom_are_those_of_the_clusters_that_a_cell_has(tmp_path: Path) -> None:
    one = run(tmp_path / "one", REPLICATED, PERSONS).estimates
    total = one.filter(pl.col("series") == "neet", pl.col("disaggregation") == "total").row(0, named=True)
    met = PERSONS.filter(
        pl.col("AGE").cast(pl.Int64).is_between(15, 24), pl.col("LF") != "", pl.col("ATT").is_in(["1", "2"])
    )
    # to leave out all clusters of a stratum in turn is the same in each of the four strata, so that three are lost
    assert total["df"] == (met.select("ST", "CL").unique().height - 3) - 1


@pytest.mark.parametrize("suffix", [".parquet", ".csv", ".sav", ".dta"])
def test_harmonised_files_carry_them(tmp_path: Path, suffix: str) -> None:
    run_both_ways(tmp_path, REPLICATED, PERSONS)
    done = apply(str(tmp_path / "made.yaml"), [tmp_path / "rows.csv"], tmp_path / f"all{suffix}")
    told = done.description.content["design"]["replicates"]
    assert (told["method"], told["columns"], len(told["rscales"])) == ("jkn", 35, 35)
    whole(done.data, tmp_path / "again", **ASKED)
    assert_same_files(tmp_path / "out", tmp_path / "again")
    if suffix == ".parquet":
        rows = pl.read_parquet(done.data)
        assert [name for name in rows.columns if name.startswith("_replicate_")] == [
            f"_replicate_{r}" for r in range(1, 36)
        ]
        assert rows["_replicate_3"].to_list() == PERSONS["R3"].cast(pl.Float64).to_list()


@pytest.mark.parametrize("mapping", [REPLICATED, POOLED], ids=["one sample", "two samples"])
def test_parts_carry_them_to_what_all_at_once_says(tmp_path: Path, mapping: str) -> None:
    run_both_ways(tmp_path, mapping, PERSONS)
    apply(str(tmp_path / "made.yaml"), [tmp_path / "rows.csv"], tmp_path / "all.parquet")
    whole(tmp_path / "all.parquet", tmp_path / "whole", **ASKED)
    result, states = merged(cut(tmp_path / "all.parquet", [7, 8, 500, 900]), tmp_path, **ASKED)
    assert_same_files(tmp_path / "whole", tmp_path / "merged")
    assert_same_files(tmp_path / "out", tmp_path / "merged")
    expected = json.loads((tmp_path / "whole" / "run.json").read_text(encoding="utf-8"))
    assert [one["design"]["replicates"] for one in result.run["samples"]] == [
        one["design"]["replicates"] for one in expected["samples"]
    ]
    assert len(states) == 5


def test_run_json_says_what_the_errors_come_from(tmp_path: Path) -> None:
    result = run(tmp_path, REPLICATED, PERSONS)
    assert result.run["variance"] == "replicate weights (jkn, 35)"
    assert result.run["samples"][0]["design"]["replicates"]["number"] == 35
    assert not [each for each in result.run["notices"] if "replicate" in each]
    taylor = run(tmp_path / "taylor", TAYLOR, PERSONS)
    assert taylor.run["variance"] == "taylor"
    assert "replicates" not in taylor.run["samples"][0]["design"]


def test_an_extract_that_lacks_them_all_is_linearised_and_says_so(tmp_path: Path) -> None:
    mapping = TAYLOR.replace(
        "cluster: CL", "cluster: CL, optional: R1..R9, replicate_weights: {columns: R1..R9, method: jk1}"
    )
    bare = PERSONS.drop([f"R{r}" for r in range(1, 36)])
    lacking = run(tmp_path / "lacking", mapping, bare)
    assert "the extract has no columns R1 to R9: the standard errors do without them" in lacking.run["notices"]
    assert lacking.run["variance"] == "taylor"
    assert lacking.estimates.equals(run(tmp_path / "taylor", TAYLOR, bare).estimates)


def test_an_extract_that_lacks_some_of_them_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FitError, match=r"no column R7 \(for design\)"):
        run(tmp_path, REPLICATED, PERSONS.drop("R7"))


def test_of_many_that_are_lacking_the_first_few_are_named(tmp_path: Path) -> None:
    with pytest.raises(FitError) as caught:
        run(tmp_path, REPLICATED, PERSONS.drop([f"R{r}" for r in range(3, 30)]))
    lines = str(caught.value.message).splitlines()
    assert [line for line in lines if line.startswith("no column")] == [
        "no columns R3, R4, R5 and 24 more (for design)"
    ]
    assert caught.value.help.startswith("give all replicate weights; or none")


def test_of_many_that_a_harmonised_file_has_lost_the_first_few_are_named(tmp_path: Path) -> None:
    (tmp_path / "made.yaml").write_text(REPLICATED, encoding="utf-8")
    PERSONS.write_csv(tmp_path / "rows.csv")
    apply(str(tmp_path / "made.yaml"), [tmp_path / "rows.csv"], tmp_path / "all.parquet")
    rows = pl.read_parquet(tmp_path / "all.parquet")
    rows.drop([f"_replicate_{r}" for r in range(3, 30)]).write_parquet(tmp_path / "all.parquet")
    with pytest.raises(FitError, match="has no column _replicate_3, _replicate_4, _replicate_5 and 24 more, which"):
        whole(tmp_path / "all.parquet", tmp_path / "out", **ASKED)


@pytest.mark.parametrize(
    ("cell", "message"),
    [
        ("", r"replicate weight R2 is missing \(first in row 11; 1 person up to here\)"),
        ("1,5", r"replicate weight R2 is not a number \(first in row 11"),
        ("inf", r"replicate weight R2 is not a number"),
        ("1.23456789", r"replicate weight R2 has more decimals than the 6 of the weights"),
        ("1e20", r"replicate weight R2 is too large"),
    ],
)
def test_a_replicate_weight_that_is_none_is_refused(tmp_path: Path, cell: str, message: str) -> None:
    at = pl.int_range(pl.len()) == 10
    frame = PERSONS.with_columns(R2=pl.when(at).then(pl.lit(cell)).otherwise("R2"))
    with pytest.raises(FitError, match=message) as caught:
        run(tmp_path, REPLICATED, frame)
    assert caught.value.help
    # of a person left out by the mapping it does not matter
    left_out = REPLICATED.replace("keys:", 'include: {if: "P <> 99", reason: "counted"}\nkeys:')
    run(tmp_path / "left-out", left_out, frame.with_columns(P=pl.when(at).then(pl.lit("99")).otherwise("P")))


def test_they_may_be_negative_or_zero_and_the_main_weight_not_negative(tmp_path: Path) -> None:
    first = pl.int_range(pl.len()) < 40
    frame = PERSONS.with_columns(R2=pl.when(first).then(pl.lit("-12.5")).otherwise("R2"), R3=pl.lit("0"))
    result = run(tmp_path, REPLICATED, frame)
    assert result.run["samples"][0]["design"]["replicates"]["dropped"] > 0  # R3: nobody of any cell has weight
    with pytest.raises(FitError, match="weight W is negative"):
        run(tmp_path / "main", REPLICATED, frame.with_columns(W=pl.lit("-1")))


def test_columns_that_are_0_throughout_are_told_as_other_warnings_are(tmp_path: Path, process) -> None:
    (tmp_path / "made.yaml").write_text(REPLICATED, encoding="utf-8")
    zero = {f"R{r}": pl.lit("0") for r in (3, 7, 12, 20)}
    PERSONS.with_columns(**zero).write_csv(tmp_path / "rows.csv")
    words = ["run", tmp_path / "made.yaml", tmp_path / "rows.csv", "-o", tmp_path / "out", "--indicator", "8.6.1"]
    done = process(*words)
    expected = (
        "replicate weights 3, 7, 12 and 1 more (of 35) are 0 for everybody who counts: standard errors do without "
        "them, and are too small; is the extract whole?"
    )
    assert f"note: {expected}" in " ".join(done.stderr.split())
    assert expected in json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))["notices"]


def test_a_column_that_is_0_in_one_of_two_samples_is_told_of_that_one(tmp_path: Path) -> None:
    frame = PERSONS.with_columns(R3=pl.when(pl.col("S") == "A").then(pl.lit("0")).otherwise("R3"))
    (told,) = [each for each in run(tmp_path, POOLED, frame).run["notices"] if "replicate" in each]
    assert told.startswith("A: replicate weight 3 (of 35) is 0 for everybody who counts")


def test_columns_of_which_some_person_has_a_weight_are_not(tmp_path: Path) -> None:
    first = pl.int_range(pl.len()) < 400
    frame = PERSONS.with_columns(R3=pl.when(first).then("R3").otherwise(pl.lit("0")))
    result = run(tmp_path, REPLICATED, frame)
    assert result.run["samples"][0]["design"]["replicates"]["dropped"] > 0
    assert not [each for each in result.run["notices"] if "replicate" in each]


def test_a_single_cluster_of_a_stratum_does_not_matter_to_them(tmp_path: Path) -> None:
    singles = PERSONS.with_columns(CL=pl.when(pl.col("ST") == "1").then(pl.lit("1")).otherwise("CL"))
    either = REPLICATED.replace("replicate_weights", "stratum: ST, cluster: CL, replicate_weights")
    run(tmp_path / "by-replicates", either, singles, singleton="error")
    with pytest.raises(FitError, match="1 stratum has a single cluster"):
        run(tmp_path / "taylor", TAYLOR, singles, singleton="error")


def test_a_dwelling_counts_for_its_persons_in_each_replicate(tmp_path: Path) -> None:
    said = "replicate_weights: {columns: R1..R9, method: jk1}, "
    frame = dwellings().with_columns(
        pl.when(pl.col("PSU") % 9 == r).then(0).otherwise(pl.col("W") * 9).alias(f"R{r + 1}") for r in range(9)
    )
    frame = frame.with_columns(W=pl.col("W") * 8)
    # 9/8 of the weights of those who are not left out
    rows = frame.with_columns(pl.int_ranges(0, pl.col("NUMPERS")).alias("P")).explode("P").drop_nulls("P")
    of_dwellings = run(
        tmp_path / "d", DWELLINGS.replace("{person_weight", f"{{{said}person_weight"), frame, indicators=[], by=[],
        options=Options(),
    )  # fmt: skip
    of_persons = run(
        tmp_path / "p", OF_PERSONS.replace("{person_weight", f"{{{said}person_weight"), rows, indicators=[], by=[],
        options=Options(),
    )  # fmt: skip
    numbers = ["series", "disaggregation", "urban_rural", "estimate", "se", "df", "n"]
    assert of_dwellings.estimates.select(numbers).equals(of_persons.estimates.select(numbers))
    assert of_dwellings.estimates["se"].max() > 0


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ("columns: R1..R3, method: jkn", "replicate weights of method jkn need rscales"),
        ("columns: R1..R3, method: fay", "replicate weights of method fay need rho, or scale"),
        ("columns: R1..R3, method: sdr, rho: 0.5", "rho is of method fay, this is sdr"),
        ("columns: [R1, R1], method: sdr", "a column of replicate weights is named twice"),
    ],
)
def test_a_mapping_says_what_their_method_needs(tmp_path: Path, said: str, message: str) -> None:
    mapping = TAYLOR.replace("cluster: CL", f"cluster: CL, replicate_weights: {{{said}}}")
    with pytest.raises(MappingError) as caught:
        run(tmp_path, mapping, PERSONS)
    assert message in str([each.message for each in caught.value.findings])
