"""XML of codebooks, which is untrusted: a document type declaration, and with it every entity, is refused."""

from __future__ import annotations

from pathlib import Path
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from harmonize.errors import DataFileError

AGAIN = "get the codebook again from the producer of the extract"


class _Refused(Exception):
    pass


def parse_xml(path: Path) -> Element:
    """The tree, of tags without their namespaces. Raises DataFileError where it is missing or not whole XML."""
    builder = TreeBuilder()
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True

    def start(tag: str, attributes: dict[str, str]) -> None:
        builder.start(_local(tag), {_local(key): value for key, value in attributes.items()})

    def end(tag: str) -> None:
        builder.end(_local(tag))

    def doctype(*_: object) -> None:
        raise _Refused

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = builder.data
    parser.StartDoctypeDeclHandler = doctype
    try:
        with path.open("rb") as file:
            parser.ParseFile(file)
        return builder.close()
    except FileNotFoundError:
        raise DataFileError(f"{path}: there is no such codebook", "check the path given with --codebook") from None
    except OSError as error:
        raise DataFileError(f"{path}: the codebook cannot be read: {error.strerror}") from None
    except _Refused:
        raise DataFileError(
            f"{path}:{parser.CurrentLineNumber}: a document type declaration is not read, for safety",
            "a codebook needs none: remove the <!DOCTYPE ...> or get the codebook again",
        ) from None
    except expat.ExpatError as error:
        raise DataFileError(
            f"{path}:{error.lineno}:{error.offset + 1}: not whole XML ({expat.ErrorString(error.code)})", AGAIN
        ) from None
    except (ValueError, LookupError):
        raise DataFileError(f"{path}: the codebook is in an encoding that cannot be read", AGAIN) from None


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]
