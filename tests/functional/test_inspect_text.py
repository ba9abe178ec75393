"""`harmonize inspect` on a terminal: lines that fit, labels that wrap, errors that name its own options."""

from __future__ import annotations

import pytest

from tests.functional.example import CENSUS

LABEL = "Household with a head who was born abroad, and any number of other relatives of the head of the household"
DDI = f"""<codeBook><dataDscr>
<var ID="HHTYPE" name="HHTYPE"><location StartPos="1" EndPos="1" width="1"/><labl>Type of household, {LABEL}</labl>
<catgry><catValu>1</catValu><labl>{LABEL}</labl></catgry><catgry><catValu>2</catValu><labl>Other</labl></catgry>
</var></dataDscr></codeBook>"""


@pytest.fixture
def labelled(tmp_path):
    (tmp_path / "h.xml").write_text(DDI)
    path = tmp_path / "h.dat"
    path.write_text("1\n" * 1200 + "2\n" * 30 + " \n" * 15)
    return path


@pytest.mark.parametrize("columns", [40, 60, 80, 200])
def test_every_line_fits_the_terminal_and_has_no_blanks_at_its_end(harmonize, labelled, monkeypatch, columns):
    monkeypatch.setenv("COLUMNS", str(columns))
    for path in (labelled, CENSUS):
        lines = harmonize("inspect", path).output.splitlines()
        assert max(len(line) for line in lines) <= columns
        assert lines == [line.rstrip() for line in lines]


def test_a_long_label_goes_on_under_itself_with_the_count_in_its_first_line(harmonize, labelled, monkeypatch):
    monkeypatch.setenv("COLUMNS", "60")
    lines = harmonize("inspect", labelled).output.splitlines()
    assert lines[-6:] == [
        "    1  Household with a head who was born  1,200   96.4 %",
        "       abroad, and any number of other",
        "       relatives of the head of the",
        "       household",
        "    2  Other                                  30    2.4 %",
        "       blank                                  15    1.2 %",
    ]


def test_a_long_text_that_many_share_wraps_too(harmonize, tmp_path, monkeypatch):
    monkeypatch.setenv("COLUMNS", "50")
    path = tmp_path / "p.csv"
    path.write_text("PLACE\n" + f"{LABEL.replace(',', '')}\n" * 20)
    output = harmonize("inspect", path).output
    assert max(len(line) for line in output.splitlines()) <= 50
    assert " ".join(output.replace("20  100.0 %", "").split()).endswith(LABEL.replace(",", ""))


def test_no_colour_even_where_it_is_asked_for(process, monkeypatch):
    monkeypatch.setenv("FORCE_COLOR", "1")
    done = process("inspect", CENSUS)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    assert "\x1b" not in done.stdout
    assert "\r" not in done.stdout


@pytest.mark.parametrize(
    ("content", "options", "code", "words"),
    [
        (b"a;b\n1;2\n", [], 3, 'add --separator ";"'),
        (b"a,b\n1,\xe9\n", [], 3, "e.g. --encoding iso-8859-1"),
        (b"a,b\n1,2\n", ["--encoding", "latin-99"], 3, "write --encoding utf-8 or iso-8859-1"),
        (b"a,b\n1,2\n", ["--separator", ";;"], 2, "a separator is one character"),
        (b"a,b\n1,2\n", ["--variable", "bb"], 4, "no column bb"),
        (b"a,b\n1,2\n", ["--min-count", "0"], 2, "Invalid value for '--min-count'"),
        (b"a,b\n1,2,3\n", [], 4, "the row has 3 fields, the header 2"),
        (b"", [], 3, "the file is empty"),
    ],
)
def test_an_error_says_what_to_do_and_leaves_stdout_empty(harmonize, tmp_path, content, options, code, words):
    path = tmp_path / "p.csv"
    path.write_bytes(content)
    result = harmonize("inspect", path, *options)
    assert result.exit_code == code
    assert result.stdout == ""
    assert words in result.stderr
    assert "in the mapping" not in result.stderr


def test_the_options_that_an_error_advises_help(harmonize, tmp_path):
    path = tmp_path / "p.csv"
    for separator in (";", "tab", "\\t"):
        mark = separator if separator == ";" else "\t"
        path.write_bytes(f"ort{mark}sex\nZürich{mark}1\n".encode("iso-8859-1"))
        result = harmonize("inspect", path, "--encoding", "iso-8859-1", "--separator", separator)
        assert result.exit_code == 0, result.stderr
        assert "2 variables" in result.stdout
