from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from harmonize.mapping import located
from harmonize.mapping.located import Block, Items, Text, load_located, load_located_text, walk


def read(text):
    value, findings = load_located_text(text, "m.yaml")
    assert findings == []
    return value


def only(text):
    _, findings = load_located_text(text, "m.yaml")
    (finding,) = findings
    return finding.line, finding.column, finding.code, finding.message


@pytest.mark.parametrize("word", ["010", "1:30", "NO", "no", "true", "null", "~", "1.0", "2020-03-15", "1e5", ".5"])
def test_every_scalar_stays_the_text_that_was_typed(word):
    assert read(f"a: {word}\n") == {"a": word}


def test_every_value_and_key_knows_where_it_stands():
    value = read("sex:\n  from: SEXO\n  codes: {male: 1, female: [3, 4]}\n")
    codes = value["sex"]["codes"]
    assert isinstance(codes, Block)
    assert (codes.line, codes.column, codes.end_line, codes.end_column) == (3, 10, 3, 35)
    assert [(key, key.line, key.column, key.end_column) for key in codes] == [
        ("male", 3, 11, 15),
        ("female", 3, 20, 26),
    ]
    listed = codes["female"]
    assert isinstance(listed, Items)
    assert (listed[1].line, listed[1].column) == (3, 32)
    assert value["sex"].end_line == 3


def test_positions_count_characters_not_bytes():
    assert read("größe: {übung: x}\n")["größe"]["übung"].column == 16


def test_a_quoted_word_is_told_from_a_bare_one():
    value = read("a: \"blank\"\nb: blank\nc: 'blank'\n")
    assert [value[name].quoted for name in "abc"] == [True, False, True]
    assert value["a"] == value["b"] == Text("blank")


def test_ranges_are_text():
    assert read("a: [3..7, 75.., -9..-1]\nb: {0..4: 1, 85..: 18}\n") == {
        "a": ["3..7", "75..", "-9..-1"],
        "b": {"0..4": "1", "85..": "18"},
    }


def test_an_alias_gives_the_value_again():
    assert read("a: &x [1, 2]\nb: *x\n") == {"a": ["1", "2"], "b": ["1", "2"]}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: 1\nb: 2\na: 3\n", (3, 1, "Y004", "'a' is written twice, first on line 1")),
        ("a: {b: 1, b: 2}\n", (1, 11, "Y004", "'b' is written twice, first on line 1")),
        ("a:\nb: 1\n", (1, 1, "Y005", "'a' has no value")),
        ("a: {b:1}\n", (1, 5, "Y005", "'b:1' has no value")),
        ("a: [1\nb: 2\n", (2, 2, "Y002", None)),
        ("a:\n  - 1\n  -\n", (3, 4, "Y005", "an empty item in a list")),
        ("a: &x\n  - *x\n", (1, 4, "Y006", "this anchor contains itself")),
        ("a: !!python/object:os.system x\n", (1, 4, "Y007", "the tag !!python/object:os.system is not read")),
        ("a: &x {b: 1}\nc:\n  <<: *x\n", (3, 3, "Y007", "merge keys (<<) are not read")),
        ("[a, b]: 1\n", (1, 1, "Y007", "a key must be a word, not a list or a block")),
        ("a:\n\tb: 1\n", (2, 1, "Y002", "a tab")),
        ("title: Mexico: Census\n", (1, 14, "Y002", "a second ': ' on the line")),
        ("a: 1\n---\nb: 1\n", (2, 1, "Y002", "a second document (---) in one file")),
        ("a: *nobody\n", (1, 4, "Y002", "this is not YAML: found undefined alias 'nobody'")),
        ("", (1, 1, "Y003", "the file is empty")),
        ("# nothing\n", (1, 1, "Y003", "the file is empty")),
        ("a: \x07\n", (1, 4, "Y001", "a control character in the text")),
    ],
)
def test_what_is_not_strict_yaml_is_one_finding_at_its_place(text, expected):
    line, column, code, message = only(text)
    assert (line, column, code) == expected[:3]
    assert expected[3] is None or message == expected[3]


def test_aliases_that_multiply_are_stopped():
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]" for i in range(1, 9)]
    value, (finding,) = load_located_text("\n".join(lines), "m.yaml")
    assert value is None
    assert finding.code == "Y006"


def test_nesting_without_end_is_a_finding_and_not_a_crash():
    value, (finding,) = load_located_text("[" * 1500, "m.yaml")
    assert value is None
    assert finding.message == "the file nests too deeply"


def test_a_byte_order_mark_does_not_move_the_first_key(tmp_path):
    path = tmp_path / "m.yaml"
    path.write_bytes(b"\xef\xbb\xbfa: 1\n")
    value, findings = load_located(path)
    assert findings == []
    assert next(iter(value)).column == 1


def test_a_file_in_another_encoding_is_found_where_it_breaks(tmp_path):
    path = tmp_path / "m.yaml"
    path.write_bytes("a: 1\ntitle: México\n".encode("latin-1"))
    value, (finding,) = load_located(path)
    assert value is None
    assert (finding.line, finding.column, finding.code) == (2, 9, "Y001")
    assert finding.help == "save it as UTF-8"


def test_a_missing_file_is_a_finding(tmp_path):
    _, (finding,) = load_located(tmp_path / "none.yaml")
    assert finding.message == "the file can't be read: No such file or directory"


@pytest.mark.parametrize("depth", [500, 5_000, 100_000])
@pytest.mark.parametrize("ends", ["[]", "{}"])
def test_a_file_that_nests_without_end_is_refused(depth, ends):
    start, end = ends if ends == "[]" else ("{a: ", "}")
    assert only("a: " + start * depth + "1" + end * depth)[2:] == ("Y002", "the file nests too deeply")


ODD_TEXTS = [
    "a: 'two\n  lines'\nb: |\n  a block\n  of lines\nc: >-\n  folded\n  text\n",
    "# first\r\na: 1\r\nb: [2, 3]  # last\r\n",
    "a: \U0001f600 x\n\U0001f600b: {c: \u00e9\u0301}\n",
    "a: &x {b: 1}\nc: *x\nd: [*x, 2]\n",
    "? a\n: b\nc:\nd: ''\n- e\n",
    "a:\n- b\n- c: 1\n  d: 2\n-\n",
    "a: x\u0085b: y\u2028c: z\n",
    "a: plain text\n  over two lines\nb: 1\n",
    "---\na: 1\n...\n",
]


def places(text, loader, monkeypatch):
    monkeypatch.setattr(located, "LOADER", loader)
    value, findings = load_located_text(text, "m.yaml")
    seen = [] if value is None else list(walk(value))
    where = [(v.line, v.column, v.end_line, v.end_column, getattr(v, "quoted", None)) for v in seen]
    return value, where, findings


@pytest.mark.skipif(not yaml.__with_libyaml__, reason="PyYAML without libyaml")
def test_libyaml_reads_every_file_as_pyyaml_does_and_at_the_same_places(monkeypatch):
    root = Path(__file__).parents[2]
    files = [path.read_bytes().decode("utf-8-sig", "replace") for path in root.rglob("*.yaml")]
    assert len(files) > 100
    for text in files + ODD_TEXTS:
        assert places(text, yaml.CBaseLoader, monkeypatch) == places(text, yaml.BaseLoader, monkeypatch), text
