"""Whatever a codebook says, its draft is a mapping without errors, and no code is in it twice."""

from __future__ import annotations

import csv
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from harmonize.draft import draft
from harmonize.errors import DataFileError
from harmonize.lint.check import lint

# name, label, labels of codes: those of the variable, so that something is proposed
KNOWN = [
    ("SEX", "Sex", ["Male", "Female"]),
    ("POBP", "Country of birth", ["Kenya", "Perú", "Georgia", "Other Asia", "Germany/Austria", "At sea", "Abroad"]),
    ("AGE", "Age", ["0 to 4", "5-9", "75+", "10", "less than 1", "100 or more", "1", "300 to 400", "99"]),
    ("YRIMM", "Year of arrival", ["1950 or earlier", "1939 - 1942", "2000", "1500 or before", "in transit", "3000"]),
    ("LIT", "Literacy", ["Yes, literate", "No, illiterate", "Reads only"]),
    ("TEN", "Tenure", ["Owned", "Rented", "Owned or rented", "Other"]),
    ("no", "Attends school", ["Yes", "No", "Never attended"]),
]
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
CODES = st.one_of(st.integers(-9, 2010).map(str), st.sampled_from(["01", "1", "1.0", "0..9", "5..", "no", ".a"]), TEXT)
MISSING = st.sampled_from(["Unknown", "N/A (GQ)", "NIU", "Refused"])


@st.composite
def variables(draw):
    """Rows of one variable: most labels are its own, some say nothing, codes are anything."""
    name, about, labels = draw(st.sampled_from(KNOWN))
    label = st.one_of(st.sampled_from(labels), st.sampled_from(labels), MISSING, TEXT)
    name, about = draw(st.one_of(st.just((name, about)), st.just((name, about)), st.tuples(TEXT, st.just(about))))
    codes = draw(st.lists(st.tuples(CODES, label), min_size=1, max_size=8))
    return [(name, code, said, about) for code, said in codes]


@given(st.lists(variables(), min_size=1, max_size=4))
@settings(max_examples=150)
def test_a_draft_of_any_dictionary_passes_check(drawn):
    rows = [row for variable in drawn for row in variable]
    with tempfile.TemporaryDirectory() as folder:
        source, path = Path(folder) / "codes.csv", Path(folder) / "made.yaml"
        with source.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([("variable", "code", "label", "variable_label"), *rows])
        try:
            text = draft([source], "made", country="KEN", year=2019)
        except DataFileError as error:  # nothing in it is one of our variables
            if "no column is one of our variables" not in str(error):
                raise
            return
        path.write_text(text, encoding="utf-8")
        assert [finding for finding in lint(str(path)) if finding.severity == "error"] == [], text
