from __future__ import annotations

import json
import re

from harmonize.cli import main
from harmonize.cli.findings import render_concise, render_full, render_json
from harmonize.errors import Finding

MISSPELT = (
    "variables:\n"
    "  labour_force_status:\n"
    "    from: P26\n"
    "    codes:\n"
    "      employd: [1, 2]\n"
)  # fmt: skip


def finding(path="m.yaml", **changed):
    facts = dict(
        path=str(path), line=5, column=7, end_line=5, end_column=14, code="M012",
        message="labour_force_status: 'employd' is not a category",
        help="categories: employed, unemployed\ndid you mean 'employed'?",
    )  # fmt: skip
    return Finding(**{**facts, **changed})


def one(found):
    return render_full([found])


def test_no_command_is_named_that_does_not_exist():
    words = re.findall(r"harmonize (\w+)", one(finding()))
    assert set(words) <= set(main.commands)


def test_a_finding_in_full_shows_its_line_and_marks_the_word(tmp_path):
    path = tmp_path / "m.yaml"
    path.write_text(MISSPELT)
    assert one(finding(path)) == (
        f"{path}:5:7  M012  labour_force_status: 'employd' is not a category\n"
        "    5 |       employd: [1, 2]\n"
        "      |       ^^^^^^^\n"
        "   categories: employed, unemployed\n"
        "   did you mean 'employed'?"
    )


def test_a_warning_says_that_it_is_one(tmp_path):
    assert "  M012  warning: labour_force_status" in one(finding(severity="warning"))


def test_without_an_end_one_character_is_marked(tmp_path):
    path = tmp_path / "m.yaml"
    path.write_text(MISSPELT)
    assert "\n      |       ^\n" in one(finding(path, end_line=0, end_column=0))


def test_a_finding_over_several_lines_is_marked_to_the_end_of_the_first(tmp_path):
    path = tmp_path / "m.yaml"
    path.write_text(MISSPELT)
    marked = one(finding(path, line=4, column=5, end_line=5, end_column=22))
    assert "    4 |     codes:\n      |     ^^^^^^\n" in marked


def test_a_tab_before_the_place_is_kept_under_it(tmp_path):
    path = tmp_path / "m.yaml"
    path.write_text("\tsex: 1\n")
    assert "\n      | \t^^^" in one(finding(path, line=1, column=2, end_line=1, end_column=5))


def test_a_file_that_is_gone_is_shown_without_its_line():
    assert one(finding("no/such.yaml", help="")) == (
        "no/such.yaml:5:7  M012  labour_force_status: 'employd' is not a category"
    )


def test_findings_in_full_have_an_empty_line_between_them():
    assert render_full([finding("a.yaml", help=""), finding("b.yaml", help="")]).count("\n\n") == 1


def test_concise_is_one_line_a_finding():
    assert render_concise([finding(), finding(line=9, message="two\nlines")]).splitlines() == [
        "m.yaml:5:7 M012 labour_force_status: 'employd' is not a category",
        "m.yaml:9:7 M012 two lines",
    ]


def test_json_has_the_keys_of_the_contract_in_order():
    row = json.loads(render_json([finding()]))[0]
    assert list(row) == [
        "code", "severity", "path", "line", "column", "end_line", "end_column", "message", "help",
    ]  # fmt: skip
    assert (row["line"], row["column"], row["end_column"]) == (5, 7, 14)


def test_of_a_long_line_the_part_about_the_mark_is_shown(tmp_path):
    path = tmp_path / "m.yaml"
    path.write_text("x" * 500 + "wrong" + "y" * 500)
    _, line, mark = one(finding(path, line=1, column=501, end_line=1, end_column=506, help="")).splitlines()
    assert len(line) < 180
    assert line.startswith("    1 | ...x")
    assert line.endswith("y...")
    assert line[mark.index("^") : mark.rindex("^") + 1] == "wrong"


def test_a_long_line_with_the_mark_at_its_end_is_shown_to_its_end(tmp_path):
    path = tmp_path / "m.yaml"
    path.write_text("x" * 500 + "wrong")
    _, line, mark = one(finding(path, line=1, column=501, end_line=1, end_column=506, help="")).splitlines()
    assert line.endswith("xwrong")
    assert line[mark.index("^") : mark.rindex("^") + 1] == "wrong"
