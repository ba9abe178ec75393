"""What `merge` refuses: states that are no parts of one extract. The numbers would be wrong in silence."""

from __future__ import annotations

import json
import shutil
import zipfile
from pathlib import Path

import polars as pl
import pytest

from harmonize.errors import DataFileError, FitError, UsageError
from harmonize.options import Options
from harmonize.partial import agreement
from harmonize.partial.head import FORMAT
from harmonize.partial.tabulating import tabulate_part
from tests import unprotected
from tests.functional.parts import cut, piece, rows_of, states_of
from tests.functional.test_merge_of_parts import COARSE, applied, in_clusters
from tests.functional.test_pooled_extract import MAPPING as POOL
from tests.functional.test_pooled_extract import NEW, OLD

HALF = len(OLD) // 2


@pytest.fixture(scope="module")
def harmonised(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return applied(POOL, OLD, tmp_path_factory.mktemp("pool"))


@pytest.fixture(scope="module")
def halves(harmonised: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The states of two halves of an extract."""
    return states_of(cut(harmonised, [HALF]), tmp_path_factory.mktemp("halves"))


def refused(states: list[Path], out: Path, kind: type[Exception] = FitError) -> str:
    """The message; and nothing was written."""
    with pytest.raises(kind) as caught:
        unprotected.merge(states, out)
    assert not out.exists()
    return str(caught.value)


def test_a_state_named_twice(halves: list[Path], tmp_path: Path) -> None:
    message = refused(
        [*halves, halves[0].parent / ".." / halves[0].parent.name / "state.zip"], tmp_path / "o", UsageError
    )
    assert "the state is named twice" in message


def test_harmonised_microdata_are_to_be_tabulated_first(harmonised: Path, tmp_path: Path) -> None:
    with pytest.raises(DataFileError) as caught:
        unprotected.merge([harmonised], tmp_path / "out")
    assert (
        caught.value.help == f"it is harmonised microdata: first `harmonize tabulate {harmonised} -o part/ --partial`"
    )


def test_a_state_is_not_to_be_tabulated_but_merged(halves: list[Path], tmp_path: Path) -> None:
    with pytest.raises(DataFileError) as caught:
        unprotected.tabulate([halves[0]], tmp_path / "out")
    assert caught.value.help == f"a state is joined with others by `harmonize merge {halves[0]}`"


def test_the_same_part_twice_under_two_names(halves: list[Path], tmp_path: Path) -> None:
    copy = shutil.copy(halves[0], tmp_path / "copy.zip")
    message = refused([*halves, Path(copy)], tmp_path / "out")
    assert "are both of the file piece-0.parquet" in message
    assert "counted twice" in message


def test_a_part_that_is_missing(halves: list[Path], tmp_path: Path) -> None:
    message = refused(halves[:1], tmp_path / "out")
    assert f"the parts have {HALF:,} rows together, what `harmonize apply` wrote has {len(OLD):,}" in message
    assert "name the state of every part once" in message


@pytest.mark.parametrize("coarse", [False, True], ids=["households", "coarse clusters"])
def test_households_scattered_over_the_parts(tmp_path: Path, coarse: bool) -> None:
    path = applied(COARSE if coarse else POOL, in_clusters(OLD), tmp_path)
    frame = rows_of(path).with_row_index("place")
    odd = [frame.filter(pl.col("place") % 2 == half).drop("place") for half in (0, 1)]
    states = states_of([piece(path, rows, number) for number, rows in enumerate(odd)], tmp_path)
    message = refused(states, tmp_path / "out")
    assert str(states[0]) in message
    assert str(states[1]) in message
    assert "households, which no cut between rows explains" in message
    assert "sort the extract by household" in message


def test_a_household_at_the_end_of_one_part_and_in_the_middle_of_another(tmp_path: Path) -> None:
    path = applied(POOL, OLD, tmp_path)
    frame = rows_of(path)
    first, last = frame[:300], frame[300:]
    name = first["_household"][0]
    moved = first.filter(pl.col("_household") == name)
    assert moved.height > 1
    parts = [
        pl.concat([moved[:1], first[moved.height :]]),
        pl.concat([last[:100], moved[1:], last[100:]]),
    ]
    states = states_of([piece(path, rows, number) for number, rows in enumerate(parts)], tmp_path)
    assert "both have persons of 1 household" in refused(states, tmp_path / "out")


def test_rows_that_are_in_two_parts(harmonised: Path, tmp_path: Path) -> None:
    frame = rows_of(harmonised)
    parts = [piece(harmonised, frame[:HALF], 10), piece(harmonised, frame[HALF - 40 :], 11)]
    assert "both have persons of" in refused(states_of(parts, tmp_path), tmp_path / "out")


def test_rows_that_are_in_two_parts_without_a_household_key(tmp_path: Path) -> None:
    path = applied(POOL.replace("keys: {household: HH}\n", ""), OLD, tmp_path)
    frame = rows_of(path)
    states = states_of([piece(path, frame[:HALF], 0), piece(path, frame[HALF - 40 :], 1)], tmp_path)
    assert "is a row in two parts?" in refused(states, tmp_path / "out")


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"by": ["sex*age_broad"]}, '{0} was tabulated without --by, {1} with --by "sex*age_broad"\n'),
        ({"indicators": ["7.1.1"]}, "{0} was tabulated without --indicator, {1} with --indicator 7.1.1\n"),
        ({"allow_unmapped": True}, "{0} was tabulated without --allow-unmapped, {1} with --allow-unmapped\n"),
        (
            {"options": Options(standardise=("age", "age*sex"), lines=(("1.1.1", 3.5), ("1.2.1", 950 / (365 / 12))))},
            '{0} was tabulated without --standardise, {1} with --standardise age --standardise "age*sex"\n'
            "{0} was tabulated without --poverty-line, "
            "{1} with --poverty-line 1.1.1=3.5/day --poverty-line 1.2.1=950/month\n",
        ),
        ({"options": Options(definitions=True)}, "{0} was tabulated without --definitions, {1} with --definitions\n"),
    ],
)
def test_parts_of_different_options(
    harmonised: Path, halves: list[Path], tmp_path: Path, options: dict[str, object], words: str
) -> None:
    other = tabulate_part([cut(harmonised, [HALF])[1]], tmp_path / "other", **options).state  # type: ignore[arg-type]
    assert refused([halves[0], other], tmp_path / "out").startswith(words.format(halves[0], other))


def test_parts_of_different_mappings(harmonised: Path, halves: list[Path], tmp_path: Path) -> None:
    other = applied(POOL.replace("version: 1.0.0", "version: 1.0.1"), NEW, tmp_path)
    message = refused([halves[0], *states_of([other], tmp_path)], tmp_path / "out")
    assert "differ in mapping" in message


def test_a_state_of_another_version(halves: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(agreement, "__version__", "99.0")
    assert "this is 99.0" in refused(halves, tmp_path / "out")


CHILD = NEW[0] | {"HH": "child", "AGE": "3", "RES5": "0"}


def test_a_part_that_does_not_know_what_was_asked(tmp_path: Path) -> None:
    """A small child, who was not asked where it lived five years ago, does not decide that nobody was."""
    path = applied(POOL, [CHILD, *NEW], tmp_path)
    parts = cut(path, [1])
    states = states_of(parts, tmp_path)
    message = refused(states, tmp_path / "out")
    assert f"{states[0]}, sample new: no row has residence_5_years_ago; rows of other parts have" in message
    assert f"tabulate the part of {states[0]} again, with --facts {states[1]}" in message
    again = tabulate_part([parts[0]], tmp_path / "again", facts=[states[1]]).state
    unprotected.merge([again, states[1]], tmp_path / "out")
    assert (tmp_path / "out" / "estimates.csv").exists()


def test_a_part_that_was_told_what_no_part_has_seen(tmp_path: Path) -> None:
    """The facts of a state of some other extract."""
    (other := tmp_path / "other").mkdir()
    told = states_of([applied(POOL, NEW, other)], other)
    path = applied(POOL, [CHILD, CHILD | {"HH": "another", "AGE": "2"}], tmp_path)
    states = states_of(cut(path, [1]), tmp_path, facts=told)
    message = refused(states, tmp_path / "out")
    assert "was told of residence_5_years_ago; no part here has it" in message
    assert "with --facts of parts that are merged only" in message


CORRUPT = {
    "is missing": lambda content: None,
    "is empty": lambda content: b"",
    "is cut off": lambda content: content[: len(content) // 2],
    "has a byte changed": lambda content: content[:4000] + bytes([content[4000] ^ 1]) + content[4001:],
    "is something else": lambda content: b"country,year\n",
}


@pytest.mark.parametrize("how", CORRUPT)
def test_a_state_that(halves: list[Path], tmp_path: Path, how: str) -> None:
    content = CORRUPT[how](halves[0].read_bytes())
    path = tmp_path / "bad.zip"
    if content is not None:
        path.write_bytes(content)
    message = refused([path, halves[1]], tmp_path / "out", DataFileError)
    assert str(path) in message


def test_a_zip_that_is_no_state(halves: list[Path], tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "bad.zip", "w") as file:
        file.writestr("head.json", json.dumps({"state": FORMAT}))
    assert "this is no state" in refused([tmp_path / "bad.zip", halves[1]], tmp_path / "out", DataFileError)


def test_every_changed_byte_of_a_state_is_noticed_or_harmless(halves: list[Path], tmp_path: Path) -> None:
    """No number changes by damage: it is refused, or it was in what zip files say twice."""
    good = halves[0].read_bytes()
    unprotected.merge(halves, tmp_path / "good")
    expected = (tmp_path / "good" / "estimates.csv").read_bytes()
    noticed = 0
    places = range(7, len(good), len(good) // 60)
    for place in places:
        (tmp_path / "bad.zip").write_bytes(good[:place] + bytes([good[place] ^ 0x55]) + good[place + 1 :])
        try:
            unprotected.merge([tmp_path / "bad.zip", halves[1]], tmp_path / "bad", formats=("csv",))
        except DataFileError:
            noticed += 1
        else:
            assert (tmp_path / "bad" / "estimates.csv").read_bytes() == expected
    assert noticed > len(places) / 2


def test_a_state_of_another_form(halves: list[Path], tmp_path: Path) -> None:
    with zipfile.ZipFile(halves[0]) as good, zipfile.ZipFile(tmp_path / "bad.zip", "w") as bad:
        for name in good.namelist():
            content = good.read(name)
            if name == "head.json":
                content = json.dumps(json.loads(content) | {"state": FORMAT + 1}).encode()
            bad.writestr(name, content)
    message = refused([tmp_path / "bad.zip", halves[1]], tmp_path / "out", DataFileError)
    assert "a form that this version of harmonize does not read" in message


def test_a_blank_among_answers_is_unmapped_wherever_the_extract_is_cut(tmp_path: Path) -> None:
    """Blank in all rows of one part, answered in the others: only together it shows."""
    rows = [row | {"NET": ""} if int(row["HH"]) < 20 else row for row in OLD]
    path = applied(POOL, OLD, tmp_path)
    frame = rows_of(path)
    asked = pl.col("_household").cast(pl.Int64) >= 20
    frame = frame.with_columns(internet=pl.when(asked).then("internet"))
    end = sum(int(row["HH"]) < 20 for row in rows)
    parts = [piece(path, frame[:end], 0), piece(path, frame[end:], 1)]
    states = states_of(parts, tmp_path)
    assert "--facts" in refused(states, tmp_path / "out")
    with pytest.raises(FitError, match=r"internet +internet +blank"):
        states_of(parts, tmp_path / "again", facts=states)
    allowed = states_of(parts, tmp_path / "first", allow_unmapped=True)
    allowed = states_of(parts, tmp_path / "allowed", facts=allowed, allow_unmapped=True)
    unprotected.merge(allowed, tmp_path / "merged")
    both = piece(path, frame, 2)
    unprotected.tabulate([both], tmp_path / "whole", allow_unmapped=True)
    for name in ("estimates.csv", "methods.csv", "quality.csv"):
        assert (tmp_path / "whole" / name).read_bytes() == (tmp_path / "merged" / name).read_bytes()
