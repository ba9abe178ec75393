"""Every command that the pages show is run as it is written, and what it prints by a page is what it prints."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.functional.test_help_examples import ALL
from tools.manual.examples import GENERATED, ROOT, OldExample, blocks, pages, printed, same
from tools.manual.stage import places

TEXTS = {name: (ROOT / name).read_text(encoding="utf-8") for name in places()}
WITH_COMMANDS = pages()
NOT_RUN: dict[str, int] = {}
"""Blocks of commands that are not run, by page, each with its reason there: one is to be thought about."""


def test_there_are_pages_with_commands():
    assert {"README.md", "docs/tutorial.md", "docs/mapping.md", "docs/reviewers.md"} <= set(WITH_COMMANDS)


@pytest.mark.parametrize("page", WITH_COMMANDS)
def test_the_commands_of_a_page_run_as_written_one_after_the_other(page: str, tmp_path: Path) -> None:
    for block, shown in printed(page, TEXTS[page], tmp_path):
        assert block.lines == shown, f"{page}:{block.start + 1} is old: run `make docs`"


def test_what_is_not_run_is_counted_and_says_what_it_needs():
    found: dict[str, int] = {}
    for page, text in TEXTS.items():
        for block in blocks(text):
            if "not run" in block.said:
                assert block.said["not run"].startswith("needs "), f"{page}:{block.start}"
                found[page] = found.get(page, 0) + 1
            if "run by" in block.said:
                assert (ROOT / block.said["run by"]).is_file(), f"{page}:{block.start}"
                assert Path(page).name in (ROOT / block.said["run by"]).read_text(encoding="utf-8")
            assert block.said.keys() <= {"first", "exit code", "file", "run by", "not run"}, f"{page}:{block.start}"
    assert found == NOT_RUN


def test_no_command_hides_in_a_block_without_a_fence():
    for page, text in TEXTS.items():
        outside = re.sub(r"^ *```.*?^ *```", "", text, flags=re.DOTALL | re.MULTILINE)
        assert not re.search(r"^ {4,}(?:harmonize|make) ", outside, re.MULTILINE), page


def test_the_commands_of_the_pages_of_commands_are_those_that_are_run_from_the_help():
    for page in (name for name in TEXTS if name.startswith(GENERATED) and not name.endswith("/index.md")):
        text = TEXTS[page].split("## Examples\n\n```sh\n")[1].split("```")[0]
        joined = re.sub(r"\\\n\s*", "", text).splitlines()
        assert joined == ALL[Path(page).stem], page


def test_a_command_that_fails_is_told_with_its_page_and_line(tmp_path: Path):
    with pytest.raises(OldExample, match=r"a.md:2 ends with 2, not 0"):
        list(printed("a.md", "```\nharmonize run nothing/here persons.csv -o out/\n```\n", tmp_path))


def test_commands_in_a_block_of_another_language_are_not_passed_over(tmp_path: Path):
    with pytest.raises(OldExample, match="why it is not run"):
        list(printed("a.md", "```yaml\n- run: harmonize check mappings/\n```\n", tmp_path))


@pytest.mark.parametrize(
    ("expected", "output", "alike"),
    [
        (["a", "b"], ["a", "b"], True),
        (["a", "b"], ["a", "c"], False),
        (["a"], ["a", "b"], False),
        (["a", "...", "d"], ["a", "b", "c", "d"], True),
        (["a", "...", "d"], ["a", "d"], True),
        (["a", "...", "d"], ["a", "b"], False),
        (["out/run.json   2.3 s"], ["out/run.json   14 s"], True),
        (["n 2.3"], ["n 2.4"], False),
    ],
)
def test_what_is_the_same(expected: list[str], output: list[str], alike: bool):
    assert same(expected, output) is alike
