"""`harmonize apply` and `harmonize tabulate` as a user meets them: what is written, what they say, how they end."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
from click.testing import Result

from tests.functional.conftest import Edit, Row
from tests.functional.example import CENSUS, MAPPING
from tests.harmonised.made import make

FILES = ("estimates.csv", "methods.csv", "quality.csv")
DESIGN = ["_sample", "_household", "_person", "_stratum", "_cluster", "_weight"]
Harmonize = Callable[..., Result]
Census = Callable[[Edit], Path]


@pytest.fixture(scope="session")
def harmonised(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example census as harmonised.parquet, .csv, .sav and .dta, not to be changed."""
    from harmonize.apply import apply

    folder = tmp_path_factory.mktemp("harmonised")
    for suffix in (".parquet", ".csv", ".sav", ".dta"):
        apply(MAPPING, [CENSUS], folder / f"harmonised{suffix}")
    return folder


@pytest.fixture
def copied(harmonised: Path, tmp_path: Path) -> Callable[[str], Path]:
    """`copied(".csv")` is a copy of the harmonised census and its description, to be spoilt."""

    def copy(suffix: str) -> Path:
        for name in (f"harmonised{suffix}", f"harmonised{suffix}.meta.json"):
            shutil.copy(harmonised / name, tmp_path / name)
        return tmp_path / f"harmonised{suffix}"

    return copy


@pytest.fixture
def refused(harmonize: Harmonize, tmp_path: Path) -> Callable[..., str]:
    """`refused(code, file)` tabulates, holds that nothing was written, and returns stderr."""

    def call(code: int, *files: Path) -> str:
        result = harmonize("tabulate", *files, "-o", tmp_path / "out")
        assert result.exit_code == code, result.output
        assert result.stdout == ""
        assert not (tmp_path / "out" / "estimates.csv").exists()
        return result.stderr

    return call


def strange(rows: list[Row]) -> list[Row]:
    rows[0]["SEX"] = "7"
    return rows


def test_apply_writes_the_file_and_its_description_and_says_what_it_wrote(harmonize: Harmonize, tmp_path: Path) -> None:
    result = harmonize("apply", MAPPING, CENSUS, "-o", tmp_path / "new" / "h.parquet")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "2,002 rows, 25 variables" in result.stderr
    files = ["h.parquet", "h.parquet.ddi.xml", "h.parquet.meta.json"]
    assert sorted(path.name for path in (tmp_path / "new").iterdir()) == files
    assert "beside it: h.parquet.ddi.xml, h.parquet.meta.json" in result.stderr


def test_quiet_says_nothing(harmonize: Harmonize, tmp_path: Path) -> None:
    result = harmonize("apply", MAPPING, CENSUS, "-o", tmp_path / "h.csv", "--quiet")
    assert (result.exit_code, result.output) == (0, "")
    result = harmonize("tabulate", tmp_path / "h.csv", "-o", tmp_path / "out", "--quiet")
    assert (result.exit_code, result.output) == (0, "")


@pytest.mark.parametrize("suffix", [".parquet", ".csv", ".sav", ".dta"])
def test_the_variables_come_in_the_order_of_the_schema_then_the_columns_of_the_design(
    harmonised: Path, suffix: str
) -> None:
    from harmonize.readers.formats import open_source
    from harmonize.readers.options import Reading
    from harmonize.schema import VARIABLES

    names = list(open_source(harmonised / f"harmonised{suffix}", Reading()).columns)
    variables = [name for name in VARIABLES if name in names]
    called = [f"harmonize{name}" for name in DESIGN] if suffix == ".sav" else DESIGN
    assert len(variables) == 25
    assert names[: len(variables) + len(DESIGN)] == variables + called


@pytest.mark.parametrize("suffix", [".parquet", ".csv", ".sav", ".dta"])
def test_persons_whom_the_mapping_does_not_include_are_in_the_file_and_marked(
    harmonize: Harmonize, tmp_path: Path, suffix: str
) -> None:
    mapping, data = make(tmp_path)
    assert harmonize("apply", mapping, data, "-o", tmp_path / f"h{suffix}").exit_code == 0
    if suffix in (".parquet", ".csv"):
        frame = pl.read_parquet(tmp_path / "h.parquet") if suffix == ".parquet" else pl.read_csv(tmp_path / "h.csv")
        marked = frame["_include"].to_list()
    else:
        import pyreadstat

        read, name = (
            (pyreadstat.read_sav, "harmonize_include") if suffix == ".sav" else (pyreadstat.read_dta, "_include")
        )
        cells, meta = read(str(tmp_path / f"h{suffix}"), output_format="dict")
        assert meta.variable_value_labels[name] == {1: "yes", 0: "no"}
        marked = [cell == 1 for cell in cells[name]]
    assert marked == [True, True, False, True, True, True, True, True]


def test_an_unmapped_code_ends_with_4_and_nothing_is_written(
    harmonize: Harmonize, census: Census, tmp_path: Path
) -> None:
    data = census(strange)
    result = harmonize("apply", MAPPING, data, "-o", tmp_path / "new" / "h.sav")
    assert result.exit_code == 4
    assert "--allow-unmapped" in result.stderr
    assert not list((tmp_path / "new").iterdir())


def test_allow_unmapped_makes_the_code_unknown_and_the_description_tells_of_it(
    harmonize: Harmonize, census: Census, tmp_path: Path
) -> None:
    result = harmonize("apply", MAPPING, census(strange), "-o", tmp_path / "h.csv", "--allow-unmapped")
    assert result.exit_code == 0, result.output
    assert pl.read_csv(tmp_path / "h.csv")["sex"][0] == "unknown"
    told = json.loads((tmp_path / "h.csv.meta.json").read_text(encoding="utf-8"))
    assert [(each["variable"], each["column"], each["code"]) for each in told["unmapped"]] == [("sex", "SEX", "7")]


def test_a_suffix_that_is_not_written_ends_with_2_and_the_suffixes_that_are(
    harmonize: Harmonize, tmp_path: Path
) -> None:
    result = harmonize("apply", MAPPING, CENSUS, "-o", tmp_path / "h.xlsx")
    assert result.exit_code == 2
    assert "suffixes: .parquet, .csv, .sav, .dta" in result.stderr
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("suffix", [".parquet", ".sav", ".dta"])
def test_a_folder_that_is_a_file_ends_with_5(harmonize: Harmonize, tmp_path: Path, suffix: str) -> None:
    (tmp_path / "taken").write_text("mine", encoding="utf-8")
    result = harmonize("apply", MAPPING, CENSUS, "-o", tmp_path / "taken" / f"h{suffix}")
    assert result.exit_code == 5
    assert "taken" in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["taken"]


# A file may not be larger than this many bytes, from the start or when all rows are read: as on a full disk.
ON_A_FULL_DISK = """
import resource, signal, sys
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
from harmonize.cli import main
from harmonize.harmonised import files
made, when = files.FORMATS[sys.argv.pop(1)], sys.argv.pop(1)
write = made.write
def limited(*arguments):
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, -1))
    write(*arguments)
object.__setattr__(made, "write", limited)
if when == "reading":
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, -1))
main(sys.argv[1:], prog_name="harmonize")
"""


@pytest.mark.parametrize("when", ["reading", "writing"])
@pytest.mark.parametrize("suffix", [".parquet", ".csv", ".sav", ".dta"])
def test_a_full_disk_ends_with_5_and_an_earlier_file_is_as_it_was(
    harmonize: Harmonize, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, suffix: str, when: str
) -> None:
    # once with room, so that what is compiled is kept before there is none
    assert harmonize("apply", MAPPING, CENSUS, "-o", tmp_path_factory.mktemp("room") / "h.csv").exit_code == 0
    out = tmp_path / f"h{suffix}"
    out.write_text("of last year", encoding="utf-8")
    done = child(ON_A_FULL_DISK, suffix, when, "apply", MAPPING, CENSUS, "-o", out)
    assert done.returncode == 5, done.stderr
    assert f"{out}: can't be written" in " ".join(done.stderr.split())
    assert [path.read_text(encoding="utf-8") for path in tmp_path.iterdir()] == ["of last year"]


def child(code: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)], capture_output=True, text=True, timeout=120, check=False
    )


# SIGINT comes while the extract is read, or while the file is written.
INTERRUPTED = """
import os, signal, sys
from harmonize.cli import main
from harmonize.cli.progress import ProgressLine
import pyreadstat
def interrupt(*arguments, **options): os.kill(os.getpid(), signal.SIGINT)
if sys.argv.pop(1) == "reading":
    ProgressLine.__call__ = interrupt
else:
    pyreadstat.write_sav = interrupt
main(sys.argv[1:], prog_name="harmonize")
"""


@pytest.mark.parametrize("when", ["reading", "writing"])
def test_ctrl_c_ends_with_130_and_leaves_nothing(tmp_path: Path, when: str) -> None:
    done = child(INTERRUPTED, when, "apply", MAPPING, CENSUS, "-o", tmp_path / "h.sav")
    assert done.returncode == 130, done.stderr
    assert done.stderr.endswith("interrupted, nothing was written\n")
    assert not list(tmp_path.iterdir())


def test_tabulate_of_an_extract_ends_with_3_and_says_to_run(refused: Callable[..., str], tmp_path: Path) -> None:
    message = refused(3, CENSUS)
    assert "persons.csv.gz.meta.json" in message
    assert "harmonize run MAPPING DATA" in message


def test_a_description_that_is_none_ends_with_3(refused: Callable[..., str], copied: Callable[[str], Path]) -> None:
    data = copied(".csv")
    data.with_name("harmonised.csv.meta.json").write_text("{}", encoding="utf-8")
    assert "harmonised.csv.meta.json" in refused(3, data)


@pytest.mark.parametrize("suffix", [".parquet", ".sav", ".dta"])
def test_a_damaged_file_ends_with_3(refused: Callable[..., str], copied: Callable[[str], Path], suffix: str) -> None:
    data = copied(suffix)
    data.write_bytes(data.read_bytes()[: data.stat().st_size // 2])
    assert f"harmonised{suffix}" in refused(3, data)


def test_the_description_of_another_file_ends_with_4(
    harmonize: Harmonize, refused: Callable[..., str], copied: Callable[[str], Path], tmp_path: Path
) -> None:
    data = copied(".csv")
    mapping, other = make(tmp_path)
    assert harmonize("apply", mapping, other, "-o", tmp_path / "other.csv").exit_code == 0
    shutil.copy(tmp_path / "other.csv.meta.json", tmp_path / "harmonised.csv.meta.json")
    message = refused(4, data)
    assert "has no column" in message
    assert "is the description of this file?" in message


def test_a_number_that_is_text_now_ends_with_4_in_csv_too(
    refused: Callable[..., str], copied: Callable[[str], Path]
) -> None:
    path = copied(".csv")
    lines = path.read_text(encoding="utf-8").splitlines()
    at = lines[0].split(",").index("age")
    cells = lines[1].split(",")
    cells[at] = "19 years"
    path.write_text("\n".join([lines[0], ",".join(cells), *lines[2:]]) + "\n", encoding="utf-8")
    said = refused(4, path)
    assert "age" in said
    assert "1 code is not mapped" in said


def test_parts_with_copies_of_one_description_are_its_file(copied: Callable[[str], Path], tmp_path: Path) -> None:
    from tests import unprotected

    whole = copied(".parquet")
    frame = pl.read_parquet(whole)
    parts = []
    for number, rows in enumerate((frame[:900], frame[900:])):
        parts.append(tmp_path / f"part{number}.parquet")
        rows.write_parquet(parts[-1])
        shutil.copy(f"{whole}.meta.json", f"{parts[-1]}.meta.json")
    together, one = unprotected.tabulate(parts, tmp_path / "a"), unprotected.tabulate([whole], tmp_path / "b")
    assert together.estimates.equals(one.estimates)


@pytest.mark.parametrize("suffix", [".parquet", ".csv"])
def test_a_file_that_has_lost_rows_ends_with_4(
    refused: Callable[..., str], copied: Callable[[str], Path], suffix: str
) -> None:
    data = copied(suffix)
    if suffix == ".csv":
        lines = data.read_text(encoding="utf-8").splitlines(keepends=True)
        data.write_text("".join(lines[:1501]), encoding="utf-8")
    else:
        pl.read_parquet(data).head(1500).write_parquet(data)
    message = refused(4, data)
    assert f"harmonised{suffix}: 1,500 rows, where .meta.json tells of 2,002" in message


def test_what_is_made_to_be_read_is_that_of_run_with_who_made_the_data_and_how_to_cite_them(
    harmonize: Harmonize, harmonised: Path, tmp_path: Path
) -> None:
    asked = ("--indicator", "7.1.1", "--format", "html,xlsx,open-sdg")
    told = harmonize("run", MAPPING, CENSUS, "-o", tmp_path / "run", *asked)
    assert told.exit_code == 0
    assert "open-sdg/" in told.output.split()
    assert harmonize("tabulate", harmonised / "harmonised.parquet", "-o", tmp_path / "tab", *asked).exit_code == 0
    made = [
        sorted(path.relative_to(tmp_path / folder) for path in (tmp_path / folder).rglob("*") if path.is_file())
        for folder in ("run", "tab")
    ]
    assert made[0] == made[1]
    same = [name for name in made[0] if name.name != "run.json"]
    assert len(same) > 6
    assert b"https://doi.org/10.18128/D020" in (tmp_path / "tab" / "report.html").read_bytes()
    for name in same:
        assert (tmp_path / "run" / name).read_bytes() == (tmp_path / "tab" / name).read_bytes(), name


def test_two_harmonised_files_are_one_extract(harmonize: Harmonize, census: Census, tmp_path: Path) -> None:
    """The census cut in two between households, each half harmonised by itself."""
    rows = census(lambda all_rows: all_rows)
    households = pl.read_csv(rows, infer_schema=False)
    keys = households["SERIAL"].unique(maintain_order=True)
    half = keys.slice(0, keys.len() // 2).implode()
    for number, part in enumerate((pl.col("SERIAL").is_in(half), ~pl.col("SERIAL").is_in(half))):
        households.filter(part).write_csv(tmp_path / f"part{number}.csv")
        made = harmonize("apply", MAPPING, tmp_path / f"part{number}.csv", "-o", tmp_path / f"half{number}.parquet")
        assert made.exit_code == 0, made.output
    assert harmonize("run", MAPPING, CENSUS, "-o", tmp_path / "one").exit_code == 0
    halves = [tmp_path / "half0.parquet", tmp_path / "half1.parquet"]
    result = harmonize("tabulate", *halves, "-o", tmp_path / "two")
    assert result.exit_code == 0, result.output
    for name in FILES:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes(), name


def test_files_of_mappings_that_differ_end_with_4_and_what_differs(
    harmonize: Harmonize, refused: Callable[..., str], tmp_path: Path
) -> None:
    mapping, data = make(tmp_path)
    assert harmonize("apply", mapping, data, "-o", tmp_path / "a.csv").exit_code == 0
    mapping.write_text(mapping.read_text(encoding="utf-8").replace("1.0.0", "1.0.1"), encoding="utf-8")
    assert harmonize("apply", mapping, data, "-o", tmp_path / "b.csv").exit_code == 0
    message = refused(4, tmp_path / "a.csv", tmp_path / "b.csv")
    assert "differ in mapping" in message


def test_the_extract_itself_is_not_overwritten(
    harmonize: Harmonize, census: Callable[..., Path], tmp_path: Path
) -> None:
    data = census(lambda rows: rows)
    before = data.read_bytes()
    result = harmonize("apply", MAPPING, data, "-o", data)
    assert result.exit_code == 2
    assert "among what is read" in result.stderr
    assert data.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == [data.name]


def test_what_an_earlier_run_left_is_not_taken_for_the_result_of_the_next(harmonize: Harmonize, tmp_path: Path) -> None:
    assert harmonize("run", MAPPING, CENSUS, "-o", tmp_path / "out", "--format", "csv,xlsx").exit_code == 0
    assert harmonize("run", MAPPING, CENSUS, "-o", tmp_path / "out", "--format", "parquet").exit_code == 0
    names = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert names == ["estimates.parquet", "methods.csv", "private", "quality.csv", "run.json"]


def test_tabulate_names_the_weight_as_the_extract_does(harmonize: Harmonize, tmp_path: Path) -> None:
    assert harmonize("apply", MAPPING, CENSUS, "-o", tmp_path / "h.parquet").exit_code == 0
    result = harmonize("tabulate", tmp_path / "h.parquet", "-o", tmp_path / "out")
    assert "weights PERWT" in result.stderr


def test_several_files_of_households_belong_to_several_of_persons(harmonize: Harmonize, tmp_path: Path) -> None:
    mapping = MAPPED_HOUSEHOLDS
    (tmp_path / "m.yaml").write_text(mapping, encoding="utf-8")
    for name in "ab":
        (tmp_path / f"p{name}.csv").write_text(f"HH,SEX\n{name}1,1\n{name}2,2\n", encoding="utf-8")
        (tmp_path / f"h{name}.csv").write_text(f"HH,ELEC\n{name}1,1\n{name}2,2\n", encoding="utf-8")
    households = [each for name in "ab" for each in ("--households", tmp_path / f"h{name}.csv")]
    result = harmonize(
        "run", tmp_path / "m.yaml", tmp_path / "pa.csv", tmp_path / "pb.csv", *households, "-o", tmp_path / "o"
    )
    assert result.exit_code == 0, result.output
    assert json.loads((tmp_path / "o" / "private" / "run.json").read_text(encoding="utf-8"))["persons"] == 4


MAPPED_HOUSEHOLDS = """
mapping: my/households
version: 1.0.0
title: Persons and households
source: {producer: Office}
sample: {id: S, country: CHL, year: 2020}
design: {full_count: true}
keys: {household: HH}
variables:
  sex: {from: SEX, codes: {male: 1, female: 2}}
  electricity: {from: ELEC, codes: {yes: 1, no: 2}}
"""


def test_an_extract_called_like_an_output_is_not_overwritten(
    harmonize: Harmonize, census: Callable[..., Path], tmp_path: Path
) -> None:
    data = census(lambda rows: rows).rename(tmp_path / "estimates.csv")
    before = data.read_bytes()
    result = harmonize("run", MAPPING, data, "-o", tmp_path)
    assert result.exit_code == 2
    assert "among what is read" in result.stderr
    assert data.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == [data.name]
