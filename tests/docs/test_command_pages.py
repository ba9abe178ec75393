"""docs/commands/ has a page for each command, with what its `--help` says now."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from harmonize.cli import COMMANDS, main
from harmonize.cli.pages import LIST, pages

FOLDER = Path(__file__).parents[2] / "docs" / "commands"


def words(text: str) -> str:
    """Without line breaks, indentation, and the marks of Markdown."""
    plain = re.sub(r"\\([\\*_<\[\]])", r"\1", text)
    return re.sub(r"\s+", " ", plain)


def test_the_pages_are_current():
    written = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.iterdir()}
    assert set(written) == set(pages()), "docs/commands has other pages than there are commands: run `make docs`"
    old = [name for name, text in pages().items() if written[name] != text]
    assert not old, f"{', '.join(old)} of docs/commands are old: run `make docs`"


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_a_page_has_every_word_of_the_help(command: click.Command):
    page = words(pages()[f"{command.name}.md"])
    printed = CliRunner().invoke(main, [command.name or "", "--help"], prog_name="harmonize").output
    for line in printed.splitlines():
        # an option and its words are in two columns; a heading of the help is one of the page
        for part in re.split(r"\s{2,}|^Usage: |^Options:|^Examples:|^Arguments:| \\$", line.strip()):
            assert words(part) in page, (command.name, line)


def test_the_list_leads_to_every_command_in_their_order():
    links = re.findall(r"^- \[(\w+)\]\((\w+)\.md\)", pages()[LIST], re.MULTILINE)
    assert links == [(command.name, command.name) for command in COMMANDS]
