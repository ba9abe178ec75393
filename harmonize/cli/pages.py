"""docs/commands/: a page for each command, made of what its `--help` says.

`python -m harmonize.cli.pages docs/commands` or `make docs` writes them; a test says if one is old.
"""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from harmonize.cli import COMMANDS, main

LIST = "index.md"
_TOP = "<!-- Made from harmonize/cli by `make docs`: change it there. -->\n"
_KEPT = "\b"  # a paragraph that click prints as it is
_EXAMPLES = "Example"


def pages() -> dict[str, str]:
    """File name -> page, Markdown, ending in a line break."""
    return {LIST: _joined(_list())} | {f"{each.name}.md": _joined(_page(each)) for each in COMMANDS}


def _list() -> Iterator[str]:
    yield _TOP
    yield "# The commands\n"
    yield from _paragraphs(main.help or "")
    yield "In the order of a first day with the tool; each page says what `harmonize COMMAND --help` says.\n"
    yield from (
        f"- [{each.name}]({each.name}.md): {_escaped(each.get_short_help_str(limit=1000))}" for each in COMMANDS
    )
    yield ""
    yield from _paragraphs(main.epilog or "")


def _page(command: click.Command) -> Iterator[str]:
    context = click.Context(command, info_name=f"{main.name} {command.name}", help_option_names=["-h", "--help"])
    usage = " ".join(["harmonize", command.name or "", *command.collect_usage_pieces(context)])
    yield _TOP
    yield f"# harmonize {command.name}\n"
    yield f"```text\n{usage}\n```\n"
    yield from _paragraphs(command.help or "")
    options = [each for each in command.get_params(context) if isinstance(each, click.Option)]
    records = [record for each in options if (record := each.get_help_record(context))]
    yield "## Options\n"
    yield from (f"- `{names}`: {_escaped(words)}" for names, words in records)
    yield ""
    yield from _paragraphs(command.epilog or "")


def _paragraphs(text: str) -> Iterator[str]:
    """Of a help text: paragraphs on one line each, and what is indented under a heading as a block."""
    for paragraph in re.split(r"\n\s*\n", inspect.cleandoc(text)):
        kept = paragraph.startswith(_KEPT)
        lines = paragraph.removeprefix(_KEPT).strip("\n").splitlines()
        heading, indented = lines[0], lines[1:]
        if kept and indented and all(line.startswith("  ") for line in indented):
            block = "\n".join(line.removeprefix("  ") for line in indented)
            if heading.startswith(_EXAMPLES):
                yield f"## Examples\n\n```sh\n{block}\n```\n"
            else:
                yield f"{_escaped(heading)}\n\n```text\n{block}\n```\n"
        else:
            yield _escaped(" ".join(line.strip() for line in lines)) + "\n"


def _escaped(text: str) -> str:
    """Words in which Markdown sees nothing but code between backticks."""
    parts = re.split(r"(`[^`]*`)", text)
    return "".join(part if part.startswith("`") else re.sub(r"([\\*_<\[\]])", r"\\\1", part) for part in parts)


def _joined(lines: Iterator[str]) -> str:
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).rstrip("\n") + "\n"


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.md"):
        old.unlink()
    for name, text in pages().items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
