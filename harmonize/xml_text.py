"""Text that XML can hold."""

from __future__ import annotations

import re

NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def legal(text: str) -> str:
    """The text with a replacement character for each that XML 1.0 has no place for, as most control characters."""
    return NOT_XML.sub("\ufffd", text)
