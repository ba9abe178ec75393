"""The DSD of `--dsd`: a later version, one that lacks codes, and what is no DSD of the SDG at all."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from pathlib import Path
from shutil import copyfile

import polars as pl
import pytest
from click.testing import CliRunner

from harmonize.cli import main
from harmonize.errors import DataFileError
from harmonize.mapping import mappings_dir
from harmonize.writers.sdmx.dsd import bundled, read_dsd
from tests.docs.page_commands import block_run_by, with_harmonize
from tests.writers.sdmx_rows import structure_file

ROOT = Path(__file__).resolve().parents[2]
CENSUS = ROOT / "examples" / "census" / "persons.csv.gz"
REAL = ROOT.parent / "shared" / "real" / "sdmx" / "sdg_dsd_2021-04_brockfanning.xml"


def harmonize(*words: object) -> str:
    done = CliRunner().invoke(main, [str(word) for word in words])
    assert done.exit_code == 0, done.output
    return done.output


def test_a_later_dsd_is_read_from_its_file(tmp_path: Path):
    dsd = bundled()
    series = (*dsd.lists["CL_SERIES"], "SL_TLF_NEET_19ICLS")
    later = replace(dsd, version="1.26", lists=dsd.lists | {"CL_SERIES": series})
    text = (mappings_dir() / "ipums" / "international.yaml").read_text(encoding="utf-8")
    mapping = tmp_path / "icls19.yaml"
    mapping.write_text(text.replace("standard: national", "standard: icls19"), encoding="utf-8")
    file = structure_file(later, tmp_path / "dsd.xml")
    assert read_dsd(file) == later
    words = ("run", mapping, CENSUS, "-o", tmp_path / "out", "--indicator", "8.6.1", "--format", "sdmx")
    harmonize(*words, "--dsd", file)
    found = pl.read_csv(tmp_path / "out" / "estimates.sdmx.csv", infer_schema=False)
    assert set(found["STRUCTURE_ID"]) == {"IAEG-SDGs:SDG(1.26)"}
    assert set(found["SERIES"]) == {"SL_TLF_NEET_19ICLS"}
    harmonize(*words)  # the one of the package does not have it
    assert pl.read_csv(tmp_path / "out" / "estimates.sdmx.csv").is_empty()


def test_dsd_without_sdmx_is_refused(tmp_path: Path):
    words = ["run", "ipums/international", str(CENSUS), "-o", str(tmp_path / "out"), "--dsd", "x.xml"]
    done = CliRunner().invoke(main, words)
    assert done.exit_code == 2
    assert "--dsd goes with --format sdmx" in done.output


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (None, "can't be read"),
        ("no xml", "no XML"),
        ("<Structure/>", "no data structure definitions"),
        (
            '<a><DataStructure agencyID="A" id="B" version="1"><Dimension id="FREQ"/></DataStructure></a>',
            r"A:B\(1\) is no DSD of SDG indicators: it lacks REPORTING_TYPE, SERIES",
        ),
    ],
)
def test_a_file_that_is_no_dsd_of_the_sdg_is_refused(text: str | None, words: str, tmp_path: Path):
    path = tmp_path / "dsd.xml"
    if text is not None:
        path.write_text(text, encoding="utf-8")
    with pytest.raises(DataFileError, match=words):
        read_dsd(path)


def test_a_dsd_without_its_code_lists_is_refused(tmp_path: Path):
    path = structure_file(replace(bundled(), lists={}), tmp_path / "dsd.xml")
    with pytest.raises(DataFileError, match="the codes of FREQ, REPORTING_TYPE"):
        read_dsd(path)


@pytest.mark.skipif(not REAL.is_file(), reason=f"the DSD of the registry is not there: {REAL}")
def test_the_bundled_dsd_is_the_one_of_the_registry():
    assert read_dsd(REAL) == bundled()


def test_the_command_of_the_readme_runs_as_written(tmp_path: Path):
    structure_file(bundled(), tmp_path / "SDG_DSD.xml")
    copyfile(CENSUS, tmp_path / "my_extract.csv.gz")
    command = block_run_by("tests/writers/test_sdmx_dsd.py", "README.md")
    subprocess.run(["bash", "-euc", command], cwd=tmp_path, env=with_harmonize(tmp_path), check=True)
    assert (tmp_path / "out" / "estimates.sdmx.xml").is_file()


@pytest.mark.skipif(not REAL.is_file(), reason=f"the DSD of the registry is not there: {REAL}")
def test_a_later_file_of_the_registry_that_lacks_a_code(tmp_path: Path):
    text = REAL.read_text(encoding="utf-8")
    for old, new in (
        ('id="SDG" isFinal="true" version="1.4"', 'id="SDG" isFinal="true" version="1.26"'),
        (' id="MS_MIGRANT"', ' id="MS_ANOTHER"'),
    ):
        assert text.count(old) == 1
        text = text.replace(old, new)
    dsd = tmp_path / "dsd.xml"
    dsd.write_text(text, encoding="utf-8")
    words = ("run", "ipums/international", CENSUS, "-o", tmp_path / "out", "--indicator", "7.1.1", "--format", "sdmx")
    harmonize(*words, "--dsd", dsd)
    found = pl.read_csv(tmp_path / "out" / "estimates.sdmx.csv", infer_schema=False)
    assert set(found["STRUCTURE_ID"]) == {"IAEG-SDGs:SDG(1.26)"}
    assert set(found["COMPOSITE_BREAKDOWN"]) == {"_T", "MS_NOMIGRANT"}
    notes = pl.read_csv(tmp_path / "out" / "sdmx_notes.csv")
    lacking = "COMPOSITE_BREAKDOWN MS_MIGRANT is not in CL_COMP_BREAKDOWN of IAEG-SDGs:SDG(1.26)"
    assert notes.filter(reason=lacking)["rows"].sum() > 10
    xml = (tmp_path / "out" / "estimates.sdmx.xml").read_text(encoding="utf-8")
    assert xml.count("IAEG-SDGs:SDG(1.26):ObsLevelDim:TIME_PERIOD") == 2
    assert '<Ref agencyID="IAEG-SDGs" id="SDG" version="1.26" class="DataStructure" />' in xml


ENTITIES = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))


@pytest.mark.parametrize(
    "text",
    [
        f'<!DOCTYPE a [<!ENTITY e0 "ha">{ENTITIES}]><a>&e11;</a>',
        '<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/hostname">]><a>&e;</a>',
        '<!DOCTYPE a SYSTEM "http://localhost/dsd.dtd"><a/>',
    ],
)
def test_entities_are_not_even_read(text: str, tmp_path: Path):
    (tmp_path / "dsd.xml").write_text(text, encoding="utf-8")
    with pytest.raises(DataFileError, match="a document type declaration is not read, for safety"):
        read_dsd(tmp_path / "dsd.xml")


@pytest.mark.parametrize("encoding", ["utf-32", "big5", "nope"])
def test_an_encoding_that_is_not_read(encoding: str, tmp_path: Path):
    (tmp_path / "dsd.xml").write_text(f'<?xml version="1.0" encoding="{encoding}"?><a/>', encoding="ascii")
    with pytest.raises(DataFileError, match="encoding that can't be read"):
        read_dsd(tmp_path / "dsd.xml")


def test_a_list_is_known_by_its_agency_and_version_too(tmp_path: Path):
    file = structure_file(bundled(), tmp_path / "dsd.xml")
    text = file.read_text(encoding="utf-8")
    ref = '<Ref id="CL_SEX"'
    right = '<s:Codelist id="CL_SEX"'
    other = '<s:Codelist id="CL_SEX" version="9.0"><s:Code id="X"/></s:Codelist>'
    assert (text.count(ref), text.count(right)) == (1, 1)
    file.write_text(text.replace(right, other + right), encoding="utf-8")
    assert read_dsd(file) == bundled()
    file.write_text(text.replace("<s:DataStructure ", f"{other}<s:DataStructure "), encoding="utf-8")
    assert read_dsd(file) == bundled()
    file.write_text(text.replace(right, other + right).replace(ref, f'{ref} version="9.0"'), encoding="utf-8")
    assert read_dsd(file).codes("SEX") == ("X",)


@pytest.mark.parametrize(("text", "words"), [("<a/>", "no data structure definitions"), ("no xml", "no XML")])
def test_a_wrong_file_ends_the_run_before_the_data_are_read(text: str, words: str, tmp_path: Path):
    (tmp_path / "dsd.xml").write_text(text, encoding="utf-8")
    asked = ["run", "ipums/international", str(CENSUS), "-o", str(tmp_path / "out"), "--format", "sdmx"]
    done = CliRunner().invoke(main, [*asked, "--dsd", str(tmp_path / "dsd.xml")])
    assert done.exit_code == 3
    assert words in done.output
    assert not (tmp_path / "out").exists()
