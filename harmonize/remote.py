"""Files of an object store, by URL (s3://bucket/name, and all that fsspec knows).

What is read is fetched to a temporary folder first: it is read more than once, and its checksum is of all of it. What
is written is written there too, and put when all of it is right: run.json last, as on a disk.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import tempfile
import weakref
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from glob import escape
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from harmonize.errors import DataFileError, HarmonizeError, OutputError, UsageError

INSTALL = 'install what reads it: pip install "harmonize[cloud]"'
_BLOCK = 4 << 20
_URL = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)


def is_url(text: object) -> bool:
    """Whether it is the URL of a file or folder, and no path."""
    return isinstance(text, str) and _URL.match(text) is not None


def name_of(place: Path | str) -> str:
    """The last part of a path or URL."""
    return place.name if isinstance(place, Path) else place.rstrip("/").rpartition("/")[2]


class Copies:
    """Local copies in a temporary folder, gone with the program."""

    def __init__(self) -> None:
        self.urls: dict[Path, str] = {}
        self.to_put: list[Path] = []
        self._folder: Path | None = None

    def clear(self) -> None:
        """Take the local copies away."""
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
        self.urls, self.to_put, self._folder = {}, [], None

    def fetched(self, url: str, beside: Sequence[str] = ()) -> Path:
        """A local copy of a file. beside: names of files that are fetched with it, where they are there.

        Raises DataFileError, or UsageError where what reads such a URL is not installed.
        """
        local = self._new(url)
        with _reading(url):
            store, path = _store(url)
            store.get_file(path, str(local))
            for name in beside:
                other = f"{path.rpartition('/')[0]}/{name}"
                if store.exists(other):
                    store.get_file(other, str(local.with_name(name)))
        return local

    def folder(self, url: str) -> Path:
        """A local folder for what `put` puts to the URL. Raises OutputError where there is no such bucket."""
        with _writing(url):
            store, path = _store(url)
            bucket = path.partition("/")[0]
            if bucket and not store.exists(bucket):
                raise FileNotFoundError
        local = self._new(url)
        self.to_put.append(local)
        return local

    def put(self) -> None:
        """Put what was written, see `put`. Raises OutputError."""
        for local in self.to_put:
            put(local, self.urls[local])
        self.to_put.clear()

    def as_typed(self, text: str) -> str:
        """The text with URLs in place of the local copies."""
        for local, url in self.urls.items():
            text = text.replace(str(local), url)
        return text

    def _new(self, url: str) -> Path:
        if self._folder is None:
            self._folder = Path(tempfile.mkdtemp(prefix="harmonize-"))
            weakref.finalize(self, shutil.rmtree, self._folder, ignore_errors=True)
        within = self._folder / str(len(self.urls))
        within.mkdir()
        local = within / name_of(url)
        self.urls[local] = url.rstrip("/")
        return local


def put(folder: Path, url: str) -> None:
    """Put the files of a run: what an earlier one left goes first, run.json comes last. Raises OutputError."""
    from harmonize.writers.delivery import LAST, OURS

    names = [str(path.relative_to(folder)) for path in sorted(folder.rglob("*")) if path.is_file()]
    with _writing(url):
        store, path = _store(url)
        for pattern in (LAST, *OURS):
            for old in store.glob(f"{escape(path)}/{pattern}"):
                store.rm_file(old)
        for name in sorted(names, key=lambda each: each == LAST):
            store.put_file(str(folder / name), f"{path}/{name}")


def told_of(url: str) -> dict[str, Any]:
    """Name, size, and what changes where the bytes do: the ETag, else the time. Raises DataFileError."""
    with _reading(url):
        store, path = _store(url)
        store.invalidate_cache()
        told = store.info(path)
        mark = next((str(told[key]).strip('"') for key in ("ETag", "etag", "mtime", "created") if key in told), "")
        return {"file": name_of(url), "bytes": told["size"], "etag": mark}


@contextmanager
def opened(url: str) -> Iterator[Any]:
    """The file as a stream of bytes that seeks: what is passed over is not fetched. Raises DataFileError."""
    with _reading(url):
        store, path = _store(url)
        with store.open(path, "rb") as file:
            yield file


def input_of(url: str) -> dict[str, Any]:
    """Name, size and SHA-256 of a file, as run_record.inputs has them. Raises DataFileError."""
    digest, size = hashlib.sha256(), 0
    with opened(url) as file:
        while block := file.read(_BLOCK):
            digest.update(block)
            size += len(block)
    return {"file": name_of(url), "bytes": size, "sha256": digest.hexdigest()}


def is_there(url: str) -> bool:
    """Whether there is such a file. Raises DataFileError."""
    with _reading(url):
        store, path = _store(url)
        store.invalidate_cache()
        return bool(store.exists(path))


def matches(pattern: str) -> list[str]:
    """The URLs of the files that fit a pattern with `*`, sorted. Raises DataFileError."""
    with _reading(pattern):
        store, path = _store(pattern)
        store.invalidate_cache()
        return sorted(store.unstrip_protocol(name) for name in store.glob(path))


def read_text(url: str) -> str | None:
    """The text of a small file, None where it is not there. Raises DataFileError."""
    with _reading(url):
        store, path = _store(url)
        store.invalidate_cache()
        return store.cat_file(path).decode() if store.exists(path) else None


def write_text(url: str, text: str | None) -> None:
    """Write a small file; with None take it away. Raises OutputError."""
    with _writing(url):
        store, path = _store(url)
        if text is not None:
            store.pipe_file(path, text.encode())
        elif store.exists(path):
            store.rm_file(path)


def _store(url: str) -> tuple[Any, str]:
    """The file system of fsspec and the path in it."""
    if find_spec("fsspec") is None:
        raise UsageError(f"{url}: the package fsspec is not installed", INSTALL)
    from fsspec.core import url_to_fs

    try:
        store, path = url_to_fs(url)
    except ImportError as error:
        raise UsageError(f"{url}: {str(error).splitlines()[0]}", INSTALL) from error
    except ValueError as error:
        raise UsageError(f"{url}: no store is known by this name", "as s3://bucket/folder/file.csv") from error
    return store, path


@contextmanager
def _told(url: str, kind: type[HarmonizeError], what: str = "") -> Iterator[None]:
    try:
        yield
    except HarmonizeError:
        raise
    except Exception as error:  # each store has errors of its own
        raise kind(f"{url}: {what}{_said(error)}", _advice(error)) from error


def _reading(url: str) -> AbstractContextManager[None]:
    return _told(url, DataFileError)


def _writing(url: str) -> AbstractContextManager[None]:
    return _told(url, OutputError, "can't be written: ")


def _said(error: Exception) -> str:
    if isinstance(error, FileNotFoundError):
        return "there is no such file or bucket"
    if isinstance(error, PermissionError):
        return "access is denied"
    return (str(error).splitlines() or [type(error).__name__])[0]


def _advice(error: Exception) -> str:
    if isinstance(error, FileNotFoundError):
        return "check the URL"
    if isinstance(error, PermissionError) or "credential" in type(error).__name__.lower():
        return "are the credentials right? For s3: AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, or ~/.aws"
    return "is the store there? For one that is not of AWS, AWS_ENDPOINT_URL says where"


COPIES = Copies()  # of the command that runs
