"""The commands that pages show: run as they are written, in a copy of the example, and what they print.

A block of a page that is a command of a shell is run. In a block `console`, a command stands after `$ ` (and `> ` where
it goes on) and what it prints below it; `...` is any lines. Comments before a block, which readers don't see, say what
a page doesn't:

    <!-- first: COMMANDS -->      run before it, to have the files that the reader has
    <!-- exit code: 1 -->         what its last command ends with
    <!-- file: NAME -->           it is no command, but a file that the reader writes
    <!-- run by: FILE -->         a test that runs it, in another way
    <!-- not run: needs ... -->   why it is not

Where a page does not show what is printed, one indicator is measured: that is enough, and sooner done.

`python -m tools.manual.examples [PAGE]...` puts what is printed now into pages; tests/docs/test_examples.py says if one
is old. Seconds may differ.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tools.manual.stage import ROOT, places

SHELL = ("", "sh", "bash", "console")
ANYTHING = "..."
GENERATED = "docs/commands/"  # of each command's own examples, see tests/functional/test_help_examples.py
_COMMAND = re.compile(r"^\s*(?:- )?(?:run: )?(?:\$ )?(?:\.venv/bin/)?(?:harmonize|make|python3?|pip) ")
_HARMONIZE = """#!/bin/sh
case "$FEWER$1 $*" in *--indicator*) ;; yesrun*|yestabulate*|yesdiff*--data*) set -- "$@" --indicator 7.1.1 ;; esac
"""
_SECONDS = re.compile(r"\b\d+(?:\.\d+)? s\b")


class OldExample(Exception):
    """A command that fails, or prints something else than its page says."""


@dataclass
class Block:
    """A block of commands. start, end: of its lines in the page, from 0, without the fences; indent: of a list."""

    indent: str
    start: int
    end: int
    language: str
    lines: list[str]
    said: dict[str, str] = field(default_factory=dict)

    @property
    def console(self) -> bool:
        """Whether it shows what its commands print."""
        return self.language == "console"

    def commands(self) -> list[tuple[str, list[str]]]:
        """Each command, and the lines that it prints by the page."""
        if not self.console:
            return [("\n".join(self.lines), [])]
        found: list[tuple[str, list[str]]] = []
        for line in self.lines:
            if line.startswith("$ "):
                found.append((line[2:], []))
            elif line.startswith("> ") and not found[-1][1]:
                found[-1] = (f"{found[-1][0]}\n{line[2:]}", [])
            else:
                found[-1][1].append(line)
        return found


def pages() -> list[str]:
    """The pages with commands, by their place in the repository."""
    return [name for name in places() if not name.startswith(GENERATED) and blocks((ROOT / name).read_text("utf-8"))]


def blocks(text: str) -> list[Block]:
    """The blocks of a page in which there is a command."""
    lines = text.splitlines()
    found: list[Block] = []
    at = 0
    while at < len(lines):
        fence = re.match(r"( *)(```+)(\w*)", lines[at])
        if not fence:
            at += 1
            continue
        start = at + 1
        at = next((i for i in range(start, len(lines)) if lines[i].strip() == fence[2]), len(lines))
        body = [line.removeprefix(fence[1]) for line in lines[start:at]]
        said = _said(lines[: start - 1])
        if any(map(_COMMAND.match, body)) or fence[3] == "console" or "file" in said:
            found.append(Block(fence[1], start, at, fence[3], body, said))
        at += 1
    return found


def _said(before: list[str]) -> dict[str, str]:
    """What the comments right before a block say."""
    rest = "\n".join(before).rstrip()
    said: dict[str, str] = {}
    while rest.endswith("-->"):
        rest, _, comment = rest.rpartition("<!--")
        name, _, words = comment.removesuffix("-->").partition(":")
        said[name.strip()] = words.strip()
        rest = rest.rstrip()
    return said


def workplace(folder: Path) -> dict[str, str]:
    """Make a folder that looks like a checkout, and `harmonize` on the path; the environment to run commands in."""
    for name in ("examples", "mappings"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("Makefile", "pyproject.toml"):
        shutil.copyfile(ROOT / name, folder / name)
    programs = folder / ".venv" / "bin"  # as `make` makes it, which then installs nothing
    programs.mkdir(parents=True)
    for name, words in {"harmonize": "-m harmonize ", "python": "", "python3": ""}.items():
        path = programs / name
        call = f'PYTHONPATH="{ROOT}" exec "{sys.executable}" {words}"$@"\n'
        path.write_text((_HARMONIZE if words else "#!/bin/sh\n") + call, encoding="utf-8")
        path.chmod(0o755)
    (folder / ".venv" / ".installed").touch()
    path = f"{programs}{os.pathsep}{os.environ['PATH']}"
    # a reader's make is not one within another, which says what folder it enters
    outer = {name: value for name, value in os.environ.items() if name not in ("MAKEFLAGS", "MAKELEVEL", "MFLAGS")}
    return outer | {"PATH": path, "COLUMNS": "80", "NO_COLOR": "1", "PYTHONUTF8": "1"}


def printed(page: str, text: str, folder: Path) -> Iterator[tuple[Block, list[str]]]:
    """Run a page's blocks one after the other in a folder; of each that shows it, what it should show.

    Raises OldExample where a command ends in another way than its page says.
    """
    environment = workplace(folder)

    def run(command: str, where: str, code: int, fewer: bool) -> str:
        own = environment | {"FEWER": "yes" if fewer else "no"}
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", command], cwd=folder, env=own, encoding="utf-8",
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=600, check=False,
        )  # fmt: skip
        if done.returncode != code:
            raise OldExample(f"{where} ends with {done.returncode}, not {code}:\n{command}\n{done.stdout}")
        if str(ROOT) in done.stdout or str(folder) in done.stdout:
            raise OldExample(f"{where} prints a path of this machine:\n{command}\n{done.stdout}")
        return done.stdout

    for block in blocks(text):
        where = f"{page}:{block.start + 1}"
        if not {"run by", "not run"}.isdisjoint(block.said):
            continue
        if "file" in block.said:
            (folder / block.said["file"]).write_text("\n".join(block.lines) + "\n", encoding="utf-8")
            continue
        if block.language not in SHELL:
            raise OldExample(f"{where}: commands in a block of {block.language}: say who runs it, or why it is not run")
        if "first" in block.said:
            run(block.said["first"], f"what comes first, {where},", 0, not block.console)
        shown: list[str] = []
        commands = block.commands()
        for command, expected in commands:
            last = command is commands[-1][0]
            code = int(block.said.get("exit code", 0)) if last else 0
            output = [line.rstrip() for line in run(command, where, code, not block.console).rstrip().splitlines()]
            first, *more = command.split("\n")
            shown += [f"$ {first}", *(f"> {line}" for line in more)]
            shown += expected if same(expected, output) else _as_before(expected, output)
        if block.console:
            yield block, shown


def same(expected: list[str], output: list[str]) -> bool:
    """Whether a command prints what its page says: `...` is any lines, and seconds may differ."""
    lines = [".*" if line.strip() == ANYTHING else re.escape(_SECONDS.sub("N s", line)) for line in expected]
    pattern = "".join(f"(?:{line}\n)" if line != ".*" else "(?:.*\n)*?" for line in lines)
    return re.fullmatch(pattern, "".join(f"{_SECONDS.sub('N s', line)}\n" for line in output)) is not None


def _as_before(expected: list[str], output: list[str]) -> list[str]:
    """What is printed, with as many lines before and after one `...` as there were."""
    if expected.count(ANYTHING) != 1:
        return output
    at = expected.index(ANYTHING)
    after = len(expected) - at - 1
    return [*output[:at], ANYTHING, *output[len(output) - after :]]


def renewed(page: str, folder: Path) -> str:
    """The text of a page with what its commands print now. folder: an empty one."""
    text = (ROOT / page).read_text(encoding="utf-8")
    lines = text.splitlines()
    for block, shown in reversed(list(printed(page, text, folder))):
        lines[block.start : block.end] = [f"{block.indent}{line}".rstrip() for line in shown]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    import tempfile

    for name in sys.argv[1:] or pages():
        with tempfile.TemporaryDirectory() as work:
            made = renewed(name, Path(work))
        if made != (ROOT / name).read_text(encoding="utf-8"):
            (ROOT / name).write_text(made, encoding="utf-8", newline="\n")
            print(f"{name}: renewed")
