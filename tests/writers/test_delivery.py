"""The output folder: what an earlier run left there is not taken for the result of the next."""

from __future__ import annotations

from pathlib import Path

import pytest

from harmonize.errors import UsageError
from harmonize.writers import WRITERS
from harmonize.writers.delivery import Delivery

# a format that writes a folder is tested with its own files, in test_open_sdg
FILES = [file for files in WRITERS.values() for file in files if not file.endswith("/")]


@pytest.mark.parametrize("file", FILES)
def test_a_file_of_every_format_goes_with_the_next_run(file: str, tmp_path: Path):
    (tmp_path / file).write_text("of an earlier run", encoding="utf-8")
    (tmp_path / "notes.txt").write_text("somebody's", encoding="utf-8")
    with Delivery(tmp_path) as delivery:
        delivery.path("run.json").write_text("{}", encoding="utf-8")
        delivery.finish()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["notes.txt", "run.json"]


@pytest.mark.parametrize("file", FILES)
def test_what_is_read_is_not_replaced(file: str, tmp_path: Path):
    (tmp_path / file).write_text("an extract", encoding="utf-8")
    with pytest.raises(UsageError, match="is among what is read"):
        Delivery(tmp_path, [tmp_path / file])
