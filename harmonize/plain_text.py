"""Text as it is compared when people wrote it: without accents, capitals and punctuation."""

from __future__ import annotations

import re
import unicodedata


def plain(text: str) -> str:
    """Lower-case letters and digits without accents, words with a blank between them."""
    return " ".join(re.findall(r"[^\W_]+", letters(text)))


def squeezed(text: str) -> str:
    """`plain` without its blanks."""
    return plain(text).replace(" ", "")


def letters(text: str) -> str:
    """Lower case without accents; the rest as it is."""
    split = unicodedata.normalize("NFKD", text).casefold()
    return "".join(letter for letter in split if not unicodedata.combining(letter))
