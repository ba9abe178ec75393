"""`check --fix` mends what is safe, keeps all else of the file as it is, and has nothing to do the second time."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmonize.lint.fix import mended
from harmonize.lint.tidy import mends
from harmonize.mapping.load import read_mapping
from harmonize.mapping.located import Block, Text, load_located
from harmonize.rules.source_codes import parse_codes

MAPPING = """\
# a census   with comments
mapping: ken/2019
version: 1.0.0
title: Kenya 2019
source: {producer: KNBS}
sample: {country: KEN, year: 2019}
design: {person_weight: W}   # theirs
keys: {household: HH, person: LINE, mother: {from: P20, none: [99, 96, 97, 98]}}
variables:
  labour_force_status:
    from: P26
    codes: {employed: [3, 1, 2], unemployed:  [4,5,6..8 ], outside_labour_force: [blank, 10, B1]}  # [3, 1, 2] stays
    missing: {unknown: [98, '97']}
  electricity:
    from: P30
    codes:
      yes: 1   # yes, by any means
      no:
        - 3   # in a block
        - 2
  internet: {from: P31, when: [{if: "P31 IN (3, 1, 2)", then: yes}, {else: {from: P31, codes: {no: [7, 8, 9]}}}]}
"""
MENDED = (
    MAPPING.replace("none: [99, 96, 97, 98]", "none: 96..99")
    .replace("employed: [3, 1, 2]", "employed: 1..3", 1)
    .replace("[4,5,6..8 ]", "4..8")
    .replace("[blank, 10, B1]", "[10, B1, blank]")
    .replace("[98, '97']", "['97', 98]")
    .replace("      yes: 1 ", '      "yes": 1 ')
    .replace("      no:\n", '      "no":\n')
    .replace("then: yes", 'then: "yes"')
    .replace("no: [7, 8, 9]", '"no": 7..9')
)


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "m.yaml"
    path.write_text(MAPPING, encoding="utf-8")
    return path


def test_what_is_safe_is_mended_and_all_else_stays_letter_by_letter(harmonize, file):
    result = harmonize("check", file, "--fix")
    assert file.read_text(encoding="utf-8") == MENDED
    assert "12 mended" in result.stderr
    assert " F00" not in result.stdout


def test_what_was_mended_is_told_with_its_file_line_and_code(harmonize, file):
    told = harmonize("check", file, "--fix").stderr.splitlines()[:12]
    line = next(i for i, row in enumerate(MAPPING.splitlines(), start=1) if "employed: [3, 1, 2]" in row)
    here = [row for row in told if row.startswith(f"{file}:{line}:")]
    assert here[0].endswith(" F001 the codes [3, 1, 2] are not in order: now [1, 2, 3]")
    assert any(row.endswith(" F002 of the codes [1, 2, 3] some are a range: now 1..3") for row in here[1:])
    lines = [int(row.removeprefix(f"{file}:").split(":")[0]) for row in told]
    assert lines == sorted(lines)


def test_twice_is_as_once(harmonize, file):
    harmonize("check", file, "--fix")
    written = file.stat().st_mtime_ns
    assert ", 0 mended" in harmonize("check", file, "--fix").stderr
    assert file.read_text(encoding="utf-8") == MENDED
    assert file.stat().st_mtime_ns == written


def test_without_fix_nothing_is_written(harmonize, file):
    assert " F001 " in harmonize("check", file, "--output-format", "concise").stdout
    assert file.read_text(encoding="utf-8") == MAPPING


def test_line_ends_and_the_mark_of_windows_stay(harmonize, file):
    file.write_bytes(b"\xef\xbb\xbf" + MAPPING.replace("\n", "\r\n").encode())
    harmonize("check", file, "--fix")
    assert file.read_bytes() == b"\xef\xbb\xbf" + MENDED.replace("\n", "\r\n").encode()


def test_what_is_ignored_or_silenced_is_not_mended(harmonize, file):
    harmonize("check", file, "--fix", "--select", "F003", "--ignore", "F")
    only_quotes = file.read_text(encoding="utf-8")
    assert "[3, 1, 2], unemployed" in only_quotes
    assert '"yes": 1' in only_quotes
    silenced = MAPPING.replace("# [3, 1, 2] stays", "# harmonize: ignore[F001, F002] as on the form")
    file.write_text(silenced, encoding="utf-8")
    harmonize("check", file, "--fix")
    assert "employed: [3, 1, 2], unemployed:  [4,5,6..8 ], outside_labour_force: [blank, 10, B1]}" in file.read_text()


def test_the_cases_beside_it_are_mended_too(harmonize, file):
    cases = file.with_name("m.cases.yaml")
    cases.write_text("cases: [{name: lit, raw: {P30: 1}, harmonised: {electricity: yes}}]  # by day\n")
    harmonize("check", file, "--fix")
    assert cases.read_text() == 'cases: [{name: lit, raw: {P30: 1}, harmonised: {electricity: "yes"}}]  # by day\n'


def test_a_shipped_mapping_is_mended_by_its_path_alone(harmonize):
    result = harmonize("check", "ipums/cps", "--fix")
    assert result.exit_code == 2
    assert "give its file: " in result.stderr


def test_a_mapping_means_the_same_once_mended(harmonize, file):
    before, _ = read_mapping(file)
    harmonize("check", file, "--fix")
    after, _ = read_mapping(file)
    for name in ("labour_force_status", "electricity", "internet"):
        assert before.variables[name].rule.body.targets == after.variables[name].rule.body.targets


CODE = st.one_of(
    st.integers(-30, 30).map(str),
    st.tuples(st.integers(-30, 30), st.integers(0, 9)).map(lambda ends: f"{ends[0]}..{ends[0] + ends[1]}"),
    st.sampled_from(["007", "'8'", '"9"', "01", "02", "03", "+4", "4.5", "75..", "..-31", "blank", "A1", "A01..A09"]),
)
NUMBERS = [number / 2 for number in range(-100, 200)]
TEXTS = ["01", "02", "03", "007", "7", "8", "9", "-5", "+4", "4.5", "A1", "A05", "blank", "100"]


def held(codes):
    """Which numbers, texts and blanks a list of codes stands for."""
    found, findings = parse_codes(codes, "")
    assert findings == []
    numbers = {n for n in NUMBERS for code in found if (code.holds_number(n) if code.is_range else code.low == n)}
    texts = {t for t in TEXTS for code in found if (code.holds_text(t) if code.is_range else code.text == t)}
    return numbers, texts, any(code.is_blank for code in found)


def mended_list(codes, path):
    text = f"codes: {{male: [{', '.join(codes)}]}}\n"
    for _ in range(9):
        path.write_text(text)
        found = mends(str(path))
        if not found:
            break
        text, _ = mended(text, found)
    value, findings = load_located(path)
    assert findings == []
    block = value[Text("codes")]
    assert isinstance(block, Block)
    return block[Text("male")], found


@given(st.lists(CODE, min_size=1, max_size=9))
def test_a_list_of_codes_stands_for_the_same_cells_once_mended(tmp_path_factory, codes):
    path = tmp_path_factory.getbasetemp() / "codes.yaml"
    path.write_text(f"codes: {{male: [{', '.join(codes)}]}}\n")
    value, _ = load_located(path)
    result, left = mended_list(codes, path)
    assert left == []
    assert held(result) == held(value[Text("codes")][Text("male")])
