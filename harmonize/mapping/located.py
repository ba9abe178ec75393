"""Strict YAML whose every scalar is text and whose every value knows where it stands.

YAML's own types are a trap for census codes: `010` would become 8, `1:30` ninety, `NO` false, and the
first of two equal keys would vanish. Here `NO`, `010`, `1:30` and dates stay the text that was typed;
duplicate keys, empty values, tabs, tags and anchors that contain themselves are findings.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from harmonize.errors import Finding, Severity
from harmonize.mapping.yaml_errors import position, syntax

MAX_DEPTH = 100
"""Lists and blocks in each other; libyaml reads more than Python can walk."""

LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
"""libyaml where PyYAML was built with it; its places are the same."""

MAX_NODES = 200_000
"""Values in one file, aliases written out: far above any code list, far below what exhausts memory."""


class Text(str):
    """A scalar as typed. `quoted` tells the text `"blank"` from the word `blank`. Positions are 1-based."""

    line: int
    column: int
    end_line: int
    end_column: int
    quoted: bool

    def __new__(
        cls,
        value: str,
        line: int = 1,
        column: int = 1,
        end_line: int = 0,
        end_column: int = 0,
        quoted: bool = False,
    ) -> Text:
        """Make a text that stands at line:column and ends before end_line:end_column."""
        self = super().__new__(cls, value)
        self.line, self.column, self.quoted = line, column, quoted
        self.end_line = end_line or line
        self.end_column = end_column or column + len(value)
        return self


class Block(dict[Text, "Located"]):
    """A mapping of Text keys to located values, in the order of the file.

    `without_value` are keys that stand there with nothing after them: each has its finding already.
    """

    without_value: tuple[Text, ...] = ()
    line: int = 1
    column: int = 1
    end_line: int = 1
    end_column: int = 1

    def key(self, name: str) -> Text:
        """The key itself, for its position; KeyError when there is none."""
        for key in self:
            if key == name:
                return key
        raise KeyError(name)


class Items(list["Located"]):
    """A list of located values."""

    line: int = 1
    column: int = 1
    end_line: int = 1
    end_column: int = 1


Located = Text | Block | Items


def load_located(path: Path | str) -> tuple[Located | None, list[Finding]]:
    """Read a YAML file. The value is None when the file can't be read as YAML at all; findings say why.

    The findings' `path` is `path` as given.
    """
    shown = str(path)
    try:
        raw = Path(path).read_bytes()
    except OSError as error:
        return None, [Finding(shown, 1, 1, "Y001", f"the file can't be read: {error.strerror or error}")]
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8-sig", errors="replace")
        line, column = position(before, len(before))
        return None, [Finding(shown, line, column, "Y001", "the file is not UTF-8 text", "save it as UTF-8")]
    return load_located_text(text, shown)


def load_located_text(text: str, path: str) -> tuple[Located | None, list[Finding]]:
    """Read YAML from `text`; `path` is what findings name. The value may be shared: nobody changes it."""
    value, findings = _read(text, path)
    return value, list(findings)


@lru_cache(maxsize=64)  # a check reads a mapping several times, and its lookups once more for the next mapping
def _read(text: str, path: str) -> tuple[Located | None, Sequence[Finding]]:
    try:
        node = _node(text)
    except yaml.YAMLError as error:
        return None, [syntax(error, text, path)]
    except RecursionError:
        return None, [Finding(path, 1, 1, "Y002", "the file nests too deeply")]
    if node is None:
        return None, [Finding(path, 1, 1, "Y003", "the file is empty")]
    reader = _Reader(path)
    try:
        value = reader.read(node)
    except RecursionError:
        return None, [Finding(path, 1, 1, "Y002", "the file nests too deeply")]
    except _TooMany:
        finding = Finding(path, 1, 1, "Y006", "the aliases in this file expand without measure", "write the values out")
        return None, [finding]
    return value, sorted(reader.findings)


def _node(text: str) -> yaml.Node | None:
    """The document, by libyaml, seven times as fast; what is wrong in it, in the words of PyYAML's own parser."""
    try:
        return _composed(text, LOADER)
    except yaml.YAMLError:
        return _composed(text, yaml.BaseLoader)


def _composed(text: str, kind: Any) -> yaml.Node | None:
    loader = kind(text)
    try:
        return loader.get_single_node()
    finally:
        loader.dispose()


def finding_at(
    path: str, where: Located, code: str, message: str, help: str = "", severity: Severity = "error"
) -> Finding:
    """A finding that points at `where`."""
    return Finding(path, where.line, where.column, code, message, help, severity, where.end_line, where.end_column)


def walk(value: Located) -> Iterator[Located]:
    """The value and all that it holds, keys included."""
    yield value
    if isinstance(value, Block):
        for key, inner in value.items():
            yield key
            yield from walk(inner)
    elif isinstance(value, Items):
        for inner in value:
            yield from walk(inner)


class _TooMany(Exception):
    pass


class _Reader:
    """Turns YAML nodes into located values and collects what is wrong with them."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.findings: list[Finding] = []
        self._open: set[int] = set()
        self._count = 0

    def read(self, node: yaml.Node) -> Located:
        self._count += 1
        if self._count > MAX_NODES:
            raise _TooMany
        if isinstance(node, yaml.ScalarNode):
            return self._text(node)
        if len(self._open) > MAX_DEPTH:
            raise RecursionError
        if id(node) in self._open:
            self._find(node, "Y006", "this anchor contains itself", "write the values out")
            return _text_of(node, "")
        self._open.add(id(node))
        self._check_tag(node)
        value = self._block(node) if isinstance(node, yaml.MappingNode) else self._items(node)
        self._open.discard(id(node))
        value.line, value.column = node.start_mark.line + 1, node.start_mark.column + 1
        value.end_line, value.end_column = _end_of(value, node)
        return value

    def _text(self, node: yaml.ScalarNode, is_key: bool = False) -> Text:
        self._check_tag(node)
        if node.value == "" and not node.style and not is_key:
            self._find(node, "Y005", "an empty value", 'write the value, or "" for an empty text')
        return _text_of(node, node.value)

    def _block(self, node: yaml.MappingNode) -> Block:
        block = Block()
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                self._find(key_node, "Y007", "a key must be a word, not a list or a block", "write key: value")
                continue
            key = self._text(key_node, is_key=True)
            if key == "<<" and not key.quoted:
                self._find(key_node, "Y007", "merge keys (<<) are not read", "use extends, or write the values out")
                continue
            if key in block:
                first = block.key(key).line
                self._find(key_node, "Y004", f"'{key}' is written twice, first on line {first}", "keep one of them")
                self.read(value_node)
                continue
            if _is_empty(value_node):
                self._empty(key_node, key)
                block.without_value += (key,)
                continue
            block[key] = self.read(value_node)
        return block

    def _items(self, node: yaml.CollectionNode) -> Items:
        items = Items()
        for inner in node.value:
            if _is_empty(inner):
                self._find(inner, "Y005", "an empty item in a list", 'write the value, or "" for an empty text')
            else:
                items.append(self.read(inner))
        return items

    def _empty(self, node: yaml.ScalarNode, key: Text) -> None:
        message, help = f"'{key}' has no value", 'write the value, or "" for an empty text; indent what belongs to it'
        if ":" in key and not key.quoted:
            before, after = key.split(":", 1)
            help = f"write '{before}: {after}', with a space after the colon"
        self._find(node, "Y005", message, help)

    def _check_tag(self, node: yaml.Node) -> None:
        if node.tag not in ("tag:yaml.org,2002:str", "tag:yaml.org,2002:seq", "tag:yaml.org,2002:map"):
            short = node.tag.replace("tag:yaml.org,2002:", "!!")
            self._find(node, "Y007", f"the tag {short} is not read", "remove the tag: every value is text")

    def _find(self, node: yaml.Node, code: str, message: str, help: str = "") -> None:
        start, end = node.start_mark, node.end_mark
        same = end.line == start.line or isinstance(node, yaml.ScalarNode)
        end_line, end_column = (end.line + 1, end.column + 1) if same else (start.line + 1, start.column + 2)
        self.findings.append(
            Finding(
                self.path,
                start.line + 1,
                start.column + 1,
                code,
                message,
                help,
                "error",
                end_line,
                end_column,
            )
        )


def _is_empty(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and node.value == "" and not node.style


def _text_of(node: yaml.Node, value: str) -> Text:
    start, end = node.start_mark, node.end_mark
    quoted = getattr(node, "style", None) in ("'", '"', "|", ">")
    return Text(value, start.line + 1, start.column + 1, end.line + 1, end.column + 1, quoted)


def _end_of(value: Block | Items, node: yaml.Node) -> tuple[int, int]:
    """A block in indented style ends with its last value; YAML's own mark stands at the next key."""
    flow = getattr(node, "flow_style", False)
    inner: list[Located] = list(value.values()) if isinstance(value, Block) else list(value)
    if flow or not inner:
        return node.end_mark.line + 1, node.end_mark.column + 1
    return inner[-1].end_line, inner[-1].end_column
