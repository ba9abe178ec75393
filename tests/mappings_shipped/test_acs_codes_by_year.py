"""`usa/acs-pums`: codes that the dictionaries of 2010 to 2018 list, against what the mappings make of them.

The lists are written out of the Bureau's dictionaries of 2013, 2015, 2016, 2017 and 2018 and, for 2014, of labels that
were made of it; source.note of the mapping says where each was read.
"""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from tests.mappings_shipped.test_on_real_files import harmonised

FACTORS = {
    2010: 1007624,
    2012: 1010207,
    2013: 1007549,
    2014: 1008425,
    2015: 1001264,
    2016: 1007588,
    2017: 1011189,
    2018: 1013097,
}
ROW = {
    "SPORDER": 1,
    "PWGTP": 1,
    "SEX": 1,
    "AGEP": 40,
    "MAR": 5,
    "DIS": 2,
    "NATIVITY": 2,
    "CIT": 5,
    "SCHL": 16,
    "ESR": 1,
}

# YOEP before 1945: the lowest code (or earlier), then first..last of each class; later years are themselves.
ENTRY = {
    range(2010, 2011): (
        1919,
        "1920-1920 1921-1921 1922-1922 1923-1923 1924-1924 1925-1925 1926-1926 1927-1927 1928-1928 1929-1929 1930-1930 "
        "1931-1932 1933-1934 1935-1935 1936-1936 1937-1937 1938-1938 1939-1939 1940-1940 1941-1941 1942-1942 1943-1943 "
        "1944-1944",
    ),
    range(2012, 2017): (
        1921,
        "1922-1923 1924-1925 1926-1927 1928-1929 1930-1931 1932-1934 1935-1936 1937-1938 1939-1939 1940-1940 1941-1941 "
        "1942-1942 1943-1944",
    ),
    range(2017, 2018): (1925, "1926-1929 1930-1934 1935-1938 1939-1939 1940-1940 1941-1942 1943-1944"),
    range(2018, 2019): (1929, "1930-1934 1935-1938 1939-1940 1941-1942 1943-1944"),
}

# POBP from abroad, in the lists of 2009 to 2011
ABROAD_UNTIL_2011 = (
    "100 102-106 108-110 116-120 126-130 132 134 136-140 142 147-152 155-166 169 200 202 205-207 209-218 222-224 "
    "226 229 231 233 235-236 238-240 242-243 246-249 251 253-254 300-301 303 310-316 321 323-324 327-330 332-333 "
    "338-341 343-344 360-365 368-370 372-374 399-400 407-408 414 416-417 421 423 427 429 436 440 444 447-449 451 "
    "453 457 461-464 467-468 501 508 512 515 523 527 554"
)
# POBP from abroad, the same in the lists of 2012 to 2016
ABROAD = (
    "100 102-106 108-110 116-120 126-130 132 134 136-140 147-152 154 156-165 168-169 200 202-203 205-218 222-224 226 "
    "229 231 233 235-236 238-240 242-243 245-249 253-254 300-301 303 310-316 321 323-324 327-330 332-333 339-341 "
    "343-344 360-365 368-370 372-374 399-400 407-408 412 414 416-417 420-421 423 427 429-430 436 440 444 447-449 451 "
    "453-454 457 459-464 467-468 501 508 511-512 515 523 527 554"
)
MEANT = {
    "Cyprus": (208, "CYP"),
    "Serbia": (154, "SRB"),
    "Libya": (430, "LBY"),
    "Eastern Africa, n.s.": (463, "M49:014"),
}


def ranges(written: str) -> list[tuple[int, int]]:
    """`5-7 9` as (5, 7), (9, 9)."""
    pairs = [part.partition("-") for part in written.split()]
    return [(int(low), int(high or low)) for low, _, high in pairs]


def made(folder: Path, year: int, column: str, codes: list[int]) -> pl.DataFrame:
    """What the mapping makes of one person for each code of a column; a code that it does not map fails the test."""
    cells = {name: [value] * len(codes) for name, value in ROW.items()}
    serial = {"SERIALNO": list(range(len(codes))), "ADJINC": [FACTORS[year]] * len(codes), "HICOV": [1] * len(codes)}
    path = folder / "persons.csv"
    pl.DataFrame({**serial, **cells, column: codes}).write_csv(path)
    return harmonised("usa/acs-pums-2012" if year == 2012 else "usa/acs-pums", path)


@pytest.mark.parametrize("year", FACTORS)
def test_a_year_of_entry_is_the_class_of_its_dictionary(tmp_path: Path, year: int) -> None:
    lowest, classes = next(found for years, found in ENTRY.items() if year in years)
    listed = {low: (low, high) for low, high in ranges(classes)} | {
        late: (late, late) for late in range(1945, year + 1)
    }
    frame = made(tmp_path, year, "YOEP", [lowest, *listed])
    low, high = frame["year_of_arrival__low"].to_list(), frame["year_of_arrival__high"].to_list()
    assert high[0] == lowest
    for given, (first, last), a, b in zip(listed, listed.values(), low[1:], high[1:], strict=True):
        if year < 2017:
            assert (a, b) == (first, last), given
        else:
            assert a <= first <= last <= b, given


@pytest.mark.parametrize("year", [2012, 2013, 2014, 2015, 2016])
def test_a_place_of_birth_is_that_of_its_dictionary(tmp_path: Path, year: int) -> None:
    codes = [code for low, high in ranges(ABROAD) for code in range(low, high + 1)]
    assert len(codes) == 159
    places = made(tmp_path, year, "POBP", codes)["country_of_birth"].cast(pl.String).to_list()
    assert "SSD" not in places
    assert not {None, "domestic"} & set(places)
    assert {name: places[codes.index(code)] for name, (code, _) in MEANT.items()} == {
        name: place for name, (_, place) in MEANT.items()
    }


def test_a_place_of_birth_of_2010_is_that_of_its_list(tmp_path: Path) -> None:
    codes = [code for low, high in ranges(ABROAD_UNTIL_2011) for code in range(low, high + 1)]
    assert len(codes) == 152
    places = made(tmp_path, 2010, "POBP", codes)["country_of_birth"].cast(pl.String).to_list()
    assert not {None, "domestic", "SSD", "SRB", "MNE", "CYP", "LBY"} & set(places)
    meant = {142: "GBR", 155: "EST", 338: "KNA", 463: "M49:014"}
    assert {code: places[codes.index(code)] for code in meant} == meant


@pytest.mark.parametrize("year", FACTORS)
def test_relationships_until_2018_are_those_of_relp(tmp_path: Path, year: int) -> None:
    frame = made(tmp_path, year, "RELP", list(range(18)))
    quarters = frame["living_quarters"].cast(pl.String).to_list()
    assert quarters == ["private_household"] * 16 + ["institution", "other_collective"]
    assert frame["relationship_to_head"].cast(pl.String).to_list()[13:15] == ["spouse", "non_relative"]


@pytest.mark.parametrize("year", FACTORS)
def test_weeks_of_work_are_classes_until_2018(tmp_path: Path, year: int) -> None:
    frame = made(tmp_path, year, "WKW", [1, 2, 3, 4, 5, 6])
    assert frame["weeks_worked_12_months_in_classes__low"].to_list() == [50, 48, 40, 27, 14, 1]
    assert frame["weeks_worked_12_months_in_classes__high"].to_list() == [52, 49, 47, 39, 26, 13]
