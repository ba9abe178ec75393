from __future__ import annotations

from pathlib import Path

import pytest
from made_files import ddi, write

from harmonize.errors import DataFileError, FitError
from harmonize.readers import open_extract, read_ddi

BOMB = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'


@pytest.mark.parametrize("head", [BOMB, '<!DOCTYPE x SYSTEM "file:///etc/hostname">'])
def test_a_document_type_is_refused(tmp_path: Path, head: str) -> None:
    with pytest.raises(DataFileError, match=r"x\.xml:1: a document type declaration is not read"):
        read_ddi(ddi(tmp_path / "x.xml", head=head))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "not whole XML"),
        ("<codeBook><var>", r"x\.xml:1:\d+: not whole XML"),
        ("<html/>", "not a DDI codebook"),
        ("<codeBook/>", "describes no variable"),
        ('<codeBook><var name="A"/><var name="A"/></codeBook>', "A is described twice"),
        ('<codeBook><var name="A"><location StartPos="0" width="2"/></var></codeBook>', "position of A"),
        ('<?xml version="1.0" encoding="klingon"?><codeBook/>', r"x\.xml"),
    ],
)
def test_a_broken_codebook_is_one_line(tmp_path: Path, content: str, message: str) -> None:
    with pytest.raises(DataFileError, match=message):
        read_ddi(write(tmp_path / "x.xml", content))


def test_the_number_of_a_column_in_a_file_without_positions_is_no_position(tmp_path: Path) -> None:
    """codebook.xsd of DDI 2.5, location: without width or end, StartPos is the ordinal position."""
    var = '<var name="A"><location StartPos="{}"/><catgry><catValu>1</catValu><labl>one</labl></catgry></var>'
    content = f"<codeBook>{var.format(1)}{var.format(2).replace('A', 'B', 1)}</codeBook>"
    book = read_ddi(write(tmp_path / "x.xml", content))
    assert [each.start for each in book.variables.values()] == [None, None]
    assert book.record_length == 0
    data = write(tmp_path / "x.csv", "A,B\n1,2\n")
    with open_extract([data], codebook=tmp_path / "x.xml") as extract:
        assert extract.labels["A"] == {"1": "one"}


def test_a_codebook_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(DataFileError, match="there is no such codebook"):
        open_extract([write(tmp_path / "x.csv", "A\n1\n")], codebook=tmp_path / "no.xml")


def test_a_codebook_beside_a_csv_gives_types_and_labels_but_no_decimals(tmp_path: Path) -> None:
    ddi(tmp_path / "x.xml")
    with open_extract([write(tmp_path / "x.csv.gz", "SERIAL,NAME,WT\n1,Ana,12.34\n")]) as extract:
        assert extract.numeric == {"SERIAL", "WT"}
        assert extract.labels["NAME"] == {"1": "one"}
        assert extract.decimals == {}
        assert extract.scan(["WT"]).collect().item() == "12.34"


def test_a_codebook_of_another_csv_is_noticed(tmp_path: Path) -> None:
    ddi(tmp_path / "x.xml")
    with pytest.raises(FitError, match=r"0 of its 3 columns are in x\.xml: is that its codebook\?"):
        open_extract([write(tmp_path / "x.csv", "A,B,C\n1,2,3\n")])
