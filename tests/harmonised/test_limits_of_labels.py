"""Titles and labels longer than SPSS and Stata allow, in scripts of several bytes a letter, are cut between letters."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyreadstat
import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmonize.apply import apply
from harmonize.harmonised import spss, stata
from harmonize.harmonised.labelled import fitted, in_bytes, labels_of
from tests.harmonised.made import make

JAPANESE, RUSSIAN = "出生国の分類" * 60, "страна рождения " * 40 + "матери"
TITLES = [JAPANESE, RUSSIAN, "é" * 300, "a" * 257, "a" * 256, "a" * 81, "a" * 80, "Sex"]


@pytest.mark.parametrize("title", TITLES)
@pytest.mark.parametrize("form", [spss, stata])
def test_what_is_written_is_what_is_read_and_none_is_over_the_limit(
    form: Any, title: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    mapping, data = make(tmp_path)
    mapping.write_text(mapping.read_text(encoding="utf-8").replace("Two censuses", title), encoding="utf-8")
    monkeypatch.setattr(form, "title_of", lambda column, words: title)
    monkeypatch.setattr(form, "labels_of", lambda column, *_: {code: f"{code:g} {title}" for code in labels_of(column)})
    out = tmp_path / ("h.sav" if form is spss else "h.dta")
    apply(str(mapping), [data], out)
    read = pyreadstat.read_sav if form is spss else pyreadstat.read_dta
    _, meta = read(str(out), user_missing=True, output_format="dict")
    size, labels = (in_bytes, 120) if form is spss else (len, 32_000)
    longest = 256 if form is spss else 80
    assert {*meta.column_labels} == {fitted(title, longest, size)}
    assert size(meta.column_labels[0]) <= longest
    shown = meta.variable_value_labels["sex"][1.0]
    assert shown == fitted(f"1 {title}", labels, size)
    assert size(shown) <= labels
    assert "\ufffd" not in meta.column_labels[0] + shown
    assert size(meta.file_label) <= (64 if form is spss else 80)
    assert meta.file_label.startswith("my/two 1.0.0: ")
    assert "\ufffd" not in meta.file_label


def test_a_cut_is_between_words_where_there_are_any_and_is_seen() -> None:
    assert fitted("country of birth of the mother", 22) == "country of birth of..."
    assert fitted("country of birth", 16) == "country of birth"
    assert fitted("出生国の分類", 5) == "出生..."
    assert fitted("出生国の分類", 9, in_bytes) == "出生..."
    assert fitted("Antidisestablishmentarianism, a", 20) == "Antidisestablishm..."


@given(st.text(max_size=60), st.integers(4, 60), st.sampled_from([len, in_bytes]))
def test_a_fitted_text_is_within_its_limit_and_whole_where_it_fits(text: str, most: int, size: Any) -> None:
    found = fitted(text, most, size)
    assert size(found) <= most
    assert found == text if size(text) <= most else found.endswith("...")


def test_spss_measures_numbers_on_a_scale_and_categories_by_name(tmp_path: Path) -> None:
    mapping, data = make(tmp_path)
    apply(str(mapping), [data], tmp_path / "h.sav")
    _, meta = pyreadstat.read_sav(str(tmp_path / "h.sav"), user_missing=True, output_format="dict")
    measured = {name for name, level in meta.variable_measure.items() if level == "scale"}
    numbers = {"age", "earnings", "age__low", "age__high", "earnings__low", "earnings__high", "harmonize_weight"}
    assert measured == numbers & set(meta.column_names)
    assert {"age", "earnings", "harmonize_weight"} <= measured
    assert {meta.variable_measure[name] for name in meta.column_names if name not in measured} == {"nominal"}


def test_the_dta_is_of_stata_14_and_tells_the_mapping(tmp_path: Path) -> None:
    """Release 118 of the format, whose texts are UTF-8 (stata.com, help dta)."""
    mapping, data = make(tmp_path)
    apply(str(mapping), [data], tmp_path / "h.dta")
    assert (tmp_path / "h.dta").read_bytes().startswith(b"<stata_dta><header><release>118</release>")
    _, meta = pyreadstat.read_dta(str(tmp_path / "h.dta"), output_format="dict")
    assert meta.file_label == "my/two 1.0.0: Two censuses"
    assert all(len(name) <= 32 for name in meta.variable_to_label.values())
