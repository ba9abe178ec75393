"""Hierarchical extracts: household values reach their persons; orphans and keys that disagree are found."""

from __future__ import annotations

import gzip
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_files import HIERARCHICAL, drain, hierarchical_ddi, write

from harmonize.errors import DataFileError, FitError, HarmonizeError
from harmonize.readers import open_extract, read_ddi
from harmonize.readers.formats import open_source
from harmonize.readers.options import Reading

KEY = ("YEAR", "SERIAL")
H1, H2, H3 = "H202000112341", "H202000200052", "H202000300002"
P11, P12, P31 = "P202000101José ", "P202000102Ana  ", "P202000301Zoë  "
GOOD = f"{H1}\n{P11}\n{P12}\n{H2}\n{H3}\n{P31}\n"
ROWS = [
    ("001", "01", "José", "12.34", "1"),
    ("001", "02", "Ana", "12.34", "1"),
    ("003", "01", "Zoë", "0.00", "2"),
]
COLUMNS = ["SERIAL", "PERNUM", "NAME", "HHWT", "OWNER"]
SIZES = (1, 2, 3, 5, 13, 16, 29, 1000)


def made(tmp_path: Path, content: str | bytes = GOOD, name: str = "x.dat") -> Path:
    hierarchical_ddi(tmp_path / "x.xml")
    return write(tmp_path / name, content, "iso-8859-1")


def outcome(path: Path, block: int) -> tuple[list[tuple[str, ...]] | str, int]:
    """All rows of the file, or its error; and the households without persons."""
    try:
        source = open_source(path, Reading(household_key=KEY, first=block, block=block))
        rows = pl.concat(list(source.frames(COLUMNS, 10))).rows()
        assert source.vacant is not None
        return rows, source.vacant.households
    except HarmonizeError as error:
        return f"{type(error).__name__} {error}", 0


@pytest.mark.parametrize("name", ["x.dat", "x.dat.gz"])
def test_household_values_reach_their_persons(tmp_path: Path, name: str) -> None:
    with open_extract([made(tmp_path, name=name)], household_key=KEY) as extract:
        assert extract.columns == ["RECTYPE", "YEAR", "SERIAL", "PERNUM", "NAME", "HHWT", "OWNER"]
        assert extract.numeric == {*extract.columns} - {"RECTYPE", "NAME"}
        assert extract.decimals == {"HHWT": 2}
        assert extract.labels["OWNER"] == {"1": "one"}
        assert extract.about == 3
        got = drain(extract, COLUMNS, KEY)
        assert extract.households_without_persons == 1
    assert got.drop("_hh").rows() == ROWS
    assert got["_hh"].to_list() == [0, 0, 1]


def test_a_column_of_both_records_is_the_persons_and_the_other_has_its_own_name(tmp_path: Path) -> None:
    data = made(tmp_path, f"{H1}\nP202100101Ana  \n")
    with open_extract([data], household_key=("SERIAL",)) as extract:
        assert extract.columns[-3:] == ["household.YEAR", "HHWT", "OWNER"]
        assert "household.YEAR" in (extract.numeric or ())
        assert extract.labels["household.YEAR"] == {"1": "one"}
        assert extract.scan(["household.YEAR", "YEAR"]).collect().rows() == [("2020", "2021")]


def test_a_file_that_is_not_hierarchical_tells_no_households_without_persons(tmp_path: Path) -> None:
    with open_extract([write(tmp_path / "x.csv", "A\n1\n")]) as extract:
        assert extract.households_without_persons is None


def test_households_without_persons_are_counted_over_all_files_and_anew_in_each_reading(tmp_path: Path) -> None:
    hierarchical_ddi(tmp_path / "y.xml")
    two = [made(tmp_path), write(tmp_path / "y.dat", f"{H1}\n{H2}\n{P12.replace('001', '002')}\n{H3}\n")]
    with open_extract(two, household_key=KEY) as extract:
        for _ in range(2):
            assert drain(extract, ["SERIAL"]).height == 4
            assert extract.households_without_persons == 1 + 2


@pytest.mark.parametrize("end", ["\n", "\r\n", "\n\n", ""])
@pytest.mark.parametrize("charset", ["ISO-8859-1", "UTF-8", "windows-1252"])
def test_line_ends_and_encodings_are_read_wherever_a_block_ends(tmp_path: Path, end: str, charset: str) -> None:
    hierarchical_ddi(tmp_path / "x.xml", charset=charset)
    lines = GOOD.encode(charset).splitlines()
    # names have five bytes
    lines = [line[:15] if line.startswith(b"P") else line for line in lines]
    data = write(tmp_path / "x.dat", (end or "\n").encode().join(lines) + end.encode())
    for size in SIZES:
        assert outcome(data, size) == (ROWS, 1)


def test_a_households_text_that_is_not_ascii_reaches_persons_of_a_later_block(tmp_path: Path) -> None:
    fields = [(*field[:1], "H", 9, 4, 0) if field[0] == "HHWT" else field for field in HIERARCHICAL]
    hierarchical_ddi(tmp_path / "x.xml", fields=fields)
    data = write(tmp_path / "x.dat", f"H2020001Año 1\n{P12}\n{P12}\n{P12}\n", "iso-8859-1")
    for size in SIZES:
        rows, _ = outcome(data, size)
        assert [row[3] for row in rows] == ["Año"] * 3


FAULTS = {
    "orphan": (f"{P11}\n{H1}\n", r"x\.dat:1: record 1 is a person \(P\) before any household \(H\)\n.*same file"),
    "orphan after an empty line": (f"\n{P11}\n", r"x\.dat:2: record 1 is a person"),
    "another household's person": (
        f"{H1}\n{P11}\n\n{P31}\n",
        r"x\.dat:4: record 3 is a person \(P\) with another SERIAL than the household \(H\) before it\n.*sorted",
    ),
    "a person of another year": (f"{H1}\nP201900101Ana  \n", "with another YEAR than"),
    "household twice": (
        f"{H1}\n{P11}\n{H1}\n{P12}\n",
        r"x\.dat:3: record 3 is the same household \(H\) as the one before it\n.*YEAR \+ SERIAL its whole key\?",
    ),
    "activity record": (
        f"{H1}\n{P11}\nA202000101\n",
        r"x\.dat:3: record 3 is of neither type .* in RECTYPE\n.*rectangular",
    ),
    "another codebook": ("1234567890123\n", r"record 1 is of neither type .*\n.*is x\.xml its codebook\?"),
    "a short household": (
        f"{H1}\n{P11}\n{H2[:-1]}\n",
        r"x\.dat:3: record 3 is 12 bytes, the DDI says 13 bytes for records of type H\n.*cut",
    ),
    "a short household after DOS line ends": (
        f"{H1}\r\n{P11}\r\n{H2[:-1]}\r\n",
        r"x\.dat:3: record 3 is 12 bytes",
    ),
    "a long household": (f"{H1}0\n", r"record 1 is longer, the DDI says 13 bytes for .* H\n.*is x\.xml its codebook"),
    "a long person": (f"{H1}\n{P11}{P11}\n", r"record 2 is longer, the DDI says 15 bytes for records of type P"),
    "no line ends": (f"{H1}{P11}{P12}", "record 1 is longer, the DDI says 13"),
    "cut in a person": (f"{H1}\n{P11}\n{P12[:-1]}", r"x\.dat: the file ends in the middle \(record 3\)\n.*again"),
    "cut in a household": (f"{H1}\n{P11}\n{H2[:4]}", r"ends in the middle \(record 3\)"),
    "households alone": (f"{H1}\n{H2}\n", r"x\.dat: the file has no person"),
    "nothing but line ends": ("\r\n\n", "the file has no person"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_has_one_message_wherever_a_block_ends_and_no_persons_value(tmp_path: Path, fault: str) -> None:
    content, message = FAULTS[fault]
    data = made(tmp_path, content)
    found = [outcome(data, size)[0] for size in SIZES]
    assert len(set(map(str, found))) == 1
    kind = DataFileError if "cut in" in fault or fault in ("households alone", "nothing but line ends") else FitError
    with pytest.raises(kind, match=message) as caught:
        drain(open_extract([data], household_key=KEY), COLUMNS)
    assert not any(value in str(caught.value) for value in ("José", "Ana", "Zoë", "2020", "1234"))


def test_text_in_another_encoding_is_told_with_its_line_though_a_later_record_is_bad(tmp_path: Path) -> None:
    hierarchical_ddi(tmp_path / "x.xml", charset="UTF-8")
    data = write(tmp_path / "x.dat", f"{H1}\n{P12}\n{P11}\n{H1}{H1}\n", "iso-8859-1")
    for size in SIZES:
        assert str(outcome(data, size)[0]).startswith(f"DataFileError {data}:3: the text is not utf-8")


def test_a_gz_that_was_cut_off_tells_the_record(tmp_path: Path) -> None:
    lines = "".join(f"H2020{i:03d}{i * 7919 % 9999:04d}1\nP2020{i:03d}01Ana  \n" for i in range(1000))
    data = made(tmp_path, lines, "x.dat.gz")
    data.write_bytes(data.read_bytes()[:-500])
    with pytest.raises(DataFileError, match=r"ends in the middle \(record \d,\d{3}\)\n.*download"):
        open_extract([data])


def test_the_first_household_of_a_file_is_not_the_last_of_the_file_before(tmp_path: Path) -> None:
    hierarchical_ddi(tmp_path / "y.xml")
    files = [made(tmp_path, f"{H1}\n{P11}\n"), write(tmp_path / "y.dat", f"{P12}\n{H2}\n")]
    with pytest.raises(FitError, match=r"y\.dat:1: record 1 is a person \(P\) before any household"):
        open_extract(files, household_key=KEY)


def test_without_a_key_in_the_mapping_the_codebooks_is_checked(tmp_path: Path) -> None:
    data = made(tmp_path, f"{H1}\n{P31}\n")
    with pytest.raises(FitError, match="with another SERIAL than"):
        open_extract([data])


def test_households_may_be_alike_where_the_key_has_a_part_of_the_persons(tmp_path: Path) -> None:
    data = made(tmp_path, f"{H1}\n{P11}\n{H1}\n{P12}\n")
    with open_extract([data], household_key=("SERIAL", "PERNUM")) as extract:
        assert drain(extract, ["NAME"], ("SERIAL", "PERNUM")).height == 2


def test_a_hierarchical_file_needs_no_file_of_households_and_is_none(tmp_path: Path) -> None:
    data = made(tmp_path)
    csv = write(tmp_path / "h.csv", "YEAR,SERIAL,A\n2020,001,1\n")
    for persons, households in ((data, csv), (csv, data)):
        with pytest.raises(FitError, match=r"x\.dat: the file is hierarchical.*\n.*without --households"):
            open_extract([persons], households=households, household_key=KEY)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (
            {"types": "HPA"},
            r"x\.dat: it has records of type A, says x\.xml; only those of .*\n.*rectangular",
        ),
        ({"types": "H"}, r"not which records are of type P "),
        ({"types": ""}, r"not which records are of type H and P "),
        ({"told_by": "TYPE"}, r"not which variable of both records tells households from persons"),
        ({"told_by": "HHWT"}, r"not which variable of both records"),
        ({"fields": [*HIERARCHICAL, ("AGE", "", 16, 2, 0)]}, r"x\.xml: no type of record is given for AGE"),
    ],
)
def test_a_codebook_that_does_not_tell_h_from_p_or_has_other_records_is_an_error(
    tmp_path: Path, options: dict[str, object], message: str
) -> None:
    data = made(tmp_path)
    hierarchical_ddi(tmp_path / "x.xml", **options)  # type: ignore[arg-type]
    with pytest.raises(DataFileError, match=message):
        open_extract([data])


def test_the_codebook_tells_types_of_records_and_their_lengths(tmp_path: Path) -> None:
    length = "<recDimnsn><logRecL>20</logRecL></recDimnsn>"
    book = read_ddi(hierarchical_ddi(tmp_path / "x.xml", length_of_h=length))
    assert [(g.code, g.told_by, g.keys, g.length) for g in book.groups] == [
        ("P", "RECTYPE", ("SERIAL",), 0),
        ("H", "RECTYPE", (), 20),
    ]
    assert [book.variables[name].records for name in ("SERIAL", "HHWT")] == [("H", "P"), ("H",)]
    data = write(tmp_path / "x.dat", f"{H1:20}\n{P12}\n")
    assert outcome(data, 1000) == (ROWS[1:2], 0)


def test_households_that_are_longer_than_persons_do_not_fill_the_memory(tmp_path: Path) -> None:
    hierarchical_ddi(tmp_path / "x.xml", length_of_h="<recDimnsn><logRecL>2000</logRecL></recDimnsn>")
    data = write(tmp_path / "x.dat", f"{H1:2000}\n" + f"{P12}\n" * 5000)
    source = open_source(data, Reading(first=1000, block=100_000))
    heights = [frame.height for frame in source.frames(["NAME"], 10)]
    assert sum(heights) == 5000
    assert max(heights) < 60


households = st.lists(st.lists(st.text("aé ", min_size=5, max_size=5), max_size=3), min_size=1, max_size=9)


@settings(max_examples=150)
@given(
    households=households, block=st.integers(1, 60), end=st.sampled_from(["\n", "\r\n", "\n\n"]), packed=st.booleans()
)
def test_every_person_gets_their_household_wherever_a_block_ends(
    tmp_path_factory: pytest.TempPathFactory, households: list[list[str]], block: int, end: str, packed: bool
) -> None:
    lines, rows = [], []
    for i, names in enumerate(households):
        lines.append(f"H2020{i:03d}{i:04d}{i % 2}")
        for k, name in enumerate(names):
            lines.append(f"P2020{i:03d}{k:02d}{name}")
            rows.append((f"{i:03d}", f"{k:02d}", name.strip(), f"{i / 100:.2f}", str(i % 2)))
    folder = tmp_path_factory.mktemp("d")
    data = made(folder, end.join(lines) + end, "x.dat.gz" if packed else "x.dat")
    if rows:
        assert outcome(data, block) == (rows, sum(not names for names in households))
    else:
        assert "the file has no person" in str(outcome(data, block))


@settings(max_examples=150)
@given(cut=st.integers(1, len(GOOD) - 1), block=st.integers(1, 40))
def test_a_file_cut_anywhere_is_an_error_or_has_the_first_persons_whole(
    tmp_path_factory: pytest.TempPathFactory, cut: int, block: int
) -> None:
    content = GOOD.encode("iso-8859-1")[:cut]
    rows, _ = outcome(made(tmp_path_factory.mktemp("d"), content), block)
    whole = content.count(b"P") - (len(content.rpartition(b"P")[2]) < len(P11) - 1)
    if isinstance(rows, list):
        assert rows == ROWS[:whole]
        assert content.rpartition(b"\n")[2] in (b"", *(line.encode("iso-8859-1") for line in GOOD.splitlines()))
    else:
        assert "ends in the middle" in rows or "has no person" in rows or "record 1 is" in rows


pieces = st.sampled_from([H1, H2, P11, P12, P31, H1[:5], P11[:9], "A", "\n", "\r\n", "\r", "\x1a", "\x00"])
bytes_ = st.one_of(
    st.binary(max_size=80), st.lists(pieces, max_size=14).map(lambda parts: "".join(parts).encode("iso-8859-1"))
)


@settings(max_examples=300)
@given(content=bytes_, block=st.integers(1, 40), packed=st.booleans(), charset=st.sampled_from(["UTF-8", "ISO-8859-1"]))
def test_any_bytes_are_rows_or_one_error_whatever_the_blocks(
    tmp_path_factory: pytest.TempPathFactory, content: bytes, block: int, packed: bool, charset: str
) -> None:
    folder = tmp_path_factory.mktemp("d")
    hierarchical_ddi(folder / "x.xml", charset=charset)
    data = folder / "x.dat"
    data.write_bytes(gzip.compress(content) if packed else content)
    assert outcome(data, block) == outcome(data, 1 << 20)
