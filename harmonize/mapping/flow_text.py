"""A part of a mapping as one line of YAML: `{from: SEX, codes: {male: 1, female: [2, 3]}}`."""

from __future__ import annotations

import json
import re

from harmonize.mapping.located import Block, Items, Located

# what needs no quotes in a flow: no sign of YAML's own but inside, such as 1..5, M49:014, I-a
_PLAIN = re.compile(r"[\w.+-]([\w .+/-]|:(?=\w))*(?<! )", re.ASCII)


def flow_text(value: Located) -> str:
    """The value, without its comments and line breaks; `load_located_text` reads the same from it."""
    if isinstance(value, Block):
        return "{" + ", ".join(f"{flow_text(key)}: {flow_text(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, Items):
        return "[" + ", ".join(map(flow_text, value)) + "]"
    if value.quoted or not _PLAIN.fullmatch(value) or re.match(r"[-?](?:\s|$)", value):
        return json.dumps(str(value), ensure_ascii=False)
    return str(value)
