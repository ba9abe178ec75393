"""The American Community Survey of 2011, protected, attacked with everything that the release says."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from harmonize import pipeline
from harmonize.indicators import INDICATORS
from harmonize.indicators.sensitive import SENSITIVE
from tests.protect.outside import Outside
from tests.protect.test_attack import MINIMUM, broken, least_widths, narrowed, of_persons, widths

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "real" / "acs-pums-2011"
PERSONS, HOUSEHOLDS = FOLDER / "dpus.csv.gz", FOLDER / "dhus.csv.gz"
RETURNED = 25
pytestmark = pytest.mark.skipif(not PERSONS.exists(), reason="the real files are not beside the project")


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The estimates protected and not."""
    return both(tmp_path_factory.mktemp("acs"))


@pytest.fixture(scope="module")
def without_births(tmp_path_factory: pytest.TempPathFactory) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The same without births of women aged 15 to 19: of these the sample has too few to show more than 2 rows of 23,
    and what protects them hides some cells of others that would be shown without."""
    return both(tmp_path_factory.mktemp("acs"), indicators=[number for number in INDICATORS if number != "3.7.2"])


def both(folder: Path, **options: Any) -> tuple[pl.DataFrame, pl.DataFrame]:
    made = [
        pipeline.run(
            "usa/acs-pums", [PERSONS], folder / how, households=HOUSEHOLDS, by=["sex"], protect=how, **options
        ).estimates
        for how in ("suppress", "none")
    ]
    return made[0], made[1]


def test_no_suppressed_count_can_be_narrowed(release):
    protected, plain = release
    assert (protected["conf_status"] == "C").sum() > 100
    assert not narrowed(protected, plain)
    assert min(least_widths(protected, plain)) >= MINIMUM - 1e-6


def test_the_attack_finds_what_single_suppressions_protect(without_births):
    """Of 25 cells suppressed to protect others, each returned alone: most break a promise.

    The others are harmless alone: nothing that was suppressed is shown again once others protect it too, and what is
    hidden with the cell of another series (of unemployment with the employed) is not known by its n alone.
    """
    protected, plain = without_births
    outside, truth = Outside(protected, plain=plain), Outside(plain)
    weighted, weights = Outside(protected, value="population", plain=plain), Outside(plain, value="population")
    key = {number: name for name, number in outside.names.items()}
    everybody = of_persons(outside, truth)
    of_counts = [number for number in outside.suppressed("D") if key[number][0][0] not in SENSITIVE]
    harmless = []
    for number in random.Random(2011).sample(of_counts, RETURNED):
        known = {number: truth.known[truth.names[key[number]]]}
        near = [other for other in everybody if key[other][0] == key[number][0]]
        if broken(outside, near, known) or broken(outside, everybody, known):
            continue
        weight = {weighted.names[key[number]]: weights.known[weights.names[key[number]]]}
        if min(widths(weighted, plain, weight)) >= MINIMUM - 1e-6:
            harmless.append(key[number])
    assert RETURNED - len(harmless) >= 0.6 * RETURNED, harmless


def test_few_persons_above_the_line_of_a_sensitive_indicator_cannot_be_told(release):
    protected, plain = release
    key = protected.columns[: protected.columns.index("estimate")]
    truth = plain.filter(pl.col("n_numerator").is_between(1, MINIMUM - 1) & (pl.col("n") >= MINIMUM)).select(key)
    attacked = 0
    for series in (("8.3.1", "informal_employment"), ("1.2.1", "national_poverty"), ("8.7.1", "child_labour")):
        own = protected.filter((pl.col("indicator") == series[0]) & (pl.col("series") == series[1]))
        whole = plain.filter((pl.col("indicator") == series[0]) & (pl.col("series") == series[1]))
        outside = Outside(own, value="n_numerator", plain=whole)
        limits = outside.limits(outside.suppressed())
        few = own.join(truth, on=key, how="semi", nulls_equal=True)
        assert set(few.filter(pl.col("statistic") == "level")["conf_status"].unique()) <= {"C"}
        for number, (low, high) in outside.bounds(outside.suppressed()).items():
            row = outside.row_of[number]
            if few.join(pl.DataFrame([row]).select(key), on=key, how="semi", nulls_equal=True).height:
                attacked += row["conf_status"] == "C"
                least, most = limits[number]
                assert low <= max(1, least) + 1e-6, row
                assert high >= min(MINIMUM - 1, most) - 1e-6, row
    assert attacked > 5


def test_most_of_what_can_be_shown_is_shown(without_births):
    protected, plain = without_births
    safe = (plain["statistic"] == "level") & (plain["n"] >= 30)
    assert (protected.filter(safe)["conf_status"] == "F").mean() > 0.8
