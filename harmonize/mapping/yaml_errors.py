"""What YAML complains of, in words that say what to do, and where the lines of a text end."""

from __future__ import annotations

import re

import yaml

from harmonize.errors import Finding

LINE_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
"""What YAML takes as the end of a line; positions count these."""


def position(text: str, offset: int) -> tuple[int, int]:
    """Line and column, both from 1, of the character at `offset`."""
    line, start = 1, 0
    for match in LINE_BREAK.finditer(text, 0, offset):
        line, start = line + 1, match.end()
    return line, offset - start + 1


def syntax(error: yaml.YAMLError, text: str, path: str) -> Finding:
    """YAML's own complaint in words that say what to do."""
    if isinstance(error, yaml.reader.ReaderError):
        line, column = position(text, error.position)
        return Finding(path, line, column, "Y001", "a control character in the text", "remove it")
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    problem = str(getattr(error, "problem", None) or error)
    lines = LINE_BREAK.split(text)
    here = lines[line - 1] if line <= len(lines) else ""
    if "'\\t'" in problem or "\t" in here[: len(here) - len(here.lstrip())]:
        column = here.find("\t") + 1 or column
        return Finding(path, line, column, "Y002", "a tab", "indent with spaces", "error", line, column + 1)
    if isinstance(error, yaml.composer.ComposerError) and "single document" in str(error):
        return Finding(path, line, column, "Y002", "a second document (---) in one file", "keep one document a file")
    help = ""
    if "mapping values are not allowed" in problem:
        problem, help = _of_a_colon(here, column)
    elif "expected <block end>" in problem or "could not find expected ':'" in problem:
        problem, help = f"this is not YAML: {problem}", "check the indentation, and the colon after the key"
    elif "flow" in str(getattr(error, "context", "")):
        problem, help = (
            f"this is not YAML: {problem}",
            "is a bracket or brace not closed, or a comma missing?",
        )
    else:
        problem = f"this is not YAML: {problem}"
    return Finding(path, line, column, "Y002", problem, help, "error", line, column + 1)


def _of_a_colon(here: str, column: int) -> tuple[str, str]:
    """What is wrong, and what to write, where YAML meets a colon that it does not expect in the line `here`."""
    if glued := re.match(r"\s*(\w+):[{\[]", here):
        return f"no space after '{glued[1]}:'", f"write '{glued[1]}: ', with a space after the colon"
    if re.fullmatch(r"\s+\w+", here[: column - 1]):  # the first colon of the line: what is above it can't hold a key
        return "this line is indented further than the one before it", "begin it where that begins"
    return "a second ': ' on the line", "put a text that holds ': ' in quotes"
