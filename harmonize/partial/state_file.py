"""A state in a file: a zip of a JSON head and numpy arrays in blocks, that any machine reads.

`head.json`, `households.npy`, `households_at_ends.npy`, and in `body/` and `ends/` (see Part) the strata and open
clusters by name, how many finished clusters and what fpc a stratum has, and blocks of the rows of finished
(`closed`) and open (`open`) clusters: of each row the place of its stratum or cluster in the list of names,
its cell code, and its sums; in `replicates/` the sums by replicate weight (see SavedReplicates); `evidence/`, see
Evidence; `kept/`, tables as Parquet of the rows that are looked at again. `record_keys/`, only where a secret was
given: sums of record keys by sample and cell code, and what tells that secret from others. Numbers are little-endian.
Nothing in it can run code: pickles are not read.
"""

from __future__ import annotations

import io
import json
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from harmonize.errors import DataFileError
from harmonize.harmonised.description import has_description
from harmonize.key_hashes import Hashes
from harmonize.partial.head import FORMAT, Head
from harmonize.partial.part import Part
from harmonize.protect.evidence import Evidence
from harmonize.protect.key_file import mark_of
from harmonize.tabulate.blocks import Rows
from harmonize.tabulate.record_sums import SavedRecordSums
from harmonize.tabulate.replicates import SavedReplicates
from harmonize.tabulate.span import NONE, kept_of
from harmonize.tabulate.state import State
from harmonize.tabulate.strata import Name
from harmonize.tabulate.sums import FIELDS, FIRST_ORDER, PAIR_FIELDS

Ints = npt.NDArray[np.int64]
FIELDS_OF = {"closed": FIELDS, "open": FIRST_ORDER}
_COMPRESSION = 1  # rows are mostly zeros: more takes far longer and saves little


def write_state(path: Path, head: Head, part: Part) -> None:
    """Write a part that is finished. Raises OSError where there is no room."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=_COMPRESSION) as file:
        _put_text(file, "head.json", head.as_json())
        _put(file, "households", part.households)
        _put(file, "households_at_ends", part.households_at_ends)
        for name, state in (("body", part.body), ("ends", part.ends)):
            _write_sums(file, name, state)
        if part.groups:
            _write_sums(file, "groups", part.groups.state)
        _write_evidence(file, part.evidence)
        if part.evidence.record_sums and part.secret:
            saved = part.evidence.record_sums.saved()
            _put_text(file, "record_keys/samples.json", saved.samples)
            _put(file, "record_keys/cells", saved.cells)
            _put(file, "record_keys/sums", saved.sums)
            _put(file, "record_keys/mark", np.array([mark_of(part.secret)], np.uint64))
        if part.replicates:
            _write_replicates(file, part.replicates.saved())
        for name, kept in (("body", part.kept), ("ends", part.kept_of_ends)):
            for number, content in enumerate(kept.contents()):
                file.writestr(_member(f"{name}/kept/{number:06}.parquet"), content)


def _write_sums(file: zipfile.ZipFile, folder: str, state: State) -> None:
    _put_text(file, f"{folder}/strata.json", list(state.strata.index))
    _put_text(file, f"{folder}/clusters.json", list(state.clusters.index))
    units = np.zeros(len(state.strata.index), np.int64)
    units[: len(state.units_per_stratum)] = state.units_per_stratum
    _put(file, f"{folder}/units", units)
    _put(file, f"{folder}/stratum_of_cluster", state.cluster_stratum)
    if state.strata.fpc is not None:
        _put(file, f"{folder}/fpc", state.strata.fpc)
    for kind, store in (("closed", state.closed), ("open", state.open)):
        for number, rows in enumerate(state.stored(store)):
            block = f"{folder}/{kind}/{number:06}"
            _put(file, f"{block}/unit", rows.unit)
            _put(file, f"{block}/cell", state.cells[rows.cell])
            _put(file, f"{block}/sums", rows.rows)
            _put(file, f"{block}/pair_at", rows.pair_at)
            _put(file, f"{block}/pairs", rows.pairs)


def _write_evidence(file: zipfile.ZipFile, evidence: Evidence) -> None:
    support, largest = evidence.support, evidence.largest
    _put_text(file, "evidence/samples.json", [list(support.samples), list(largest.samples)])
    _put(file, "evidence/together", support.together)
    _put(file, "evidence/within", support.within)
    codes, two = largest.stored()
    _put(file, "evidence/cells", codes)
    _put(file, "evidence/largest", two)


def _write_replicates(file: zipfile.ZipFile, saved: SavedReplicates) -> None:
    for name, content in saved._asdict().items():
        if name == "samples":
            _put_text(file, "replicates/samples.json", content)
        else:
            _put(file, f"replicates/{name}", content)


def _put(file: zipfile.ZipFile, name: str, array: npt.NDArray[Any]) -> None:
    with file.open(_member(f"{name}.npy"), "w", force_zip64=True) as stream:
        little = np.ascontiguousarray(array, array.dtype.newbyteorder("<"))
        np.lib.format.write_array(stream, little, allow_pickle=False)


def _put_text(file: zipfile.ZipFile, name: str, content: Any) -> None:
    file.writestr(_member(name), json.dumps(content, ensure_ascii=False))


def _member(name: str) -> zipfile.ZipInfo:
    """A member without a clock, so that the same part gives the same bytes."""
    member = zipfile.ZipInfo(name)
    member.compress_type = zipfile.ZIP_DEFLATED
    return member


class SavedSums(NamedTuple):
    """strata, clusters: names. units: finished clusters of each stratum; stratum: of each cluster; fpc: of each."""

    strata: list[Name]
    clusters: list[Name]
    units: Ints
    stratum: Ints
    fpc: npt.NDArray[np.float64] | None


class StateFile:
    """A state file, open. Use it in `with`."""

    def __init__(self, path: Path) -> None:
        """Raises DataFileError for a file that is missing or no state."""
        self.path = path = path / "state.zip" if path.is_dir() else path  # as tabulate --partial -o named it
        with self._reading():
            self._file = zipfile.ZipFile(path)
            try:
                self.head = self._head()
            except BaseException:
                self._file.close()
                raise

    def __enter__(self) -> StateFile:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def _head(self) -> Head:
        content = json.loads(self._file.read("head.json"))
        if content["state"] != FORMAT:
            raise DataFileError(
                f"{self.path}: the state has a form that this version of harmonize does not read",
                "tabulate the part again, or merge with the version that wrote it",
            )
        head = Head(**content)
        head.counted()
        for sample in head.facts:
            head.seen(sample), head.signature(sample)
        return head

    def hashes(self, *, at_ends: bool) -> Hashes:
        """Of the households within the part, or at its ends."""
        with self._reading():
            return self._array("households_at_ends" if at_ends else "households", np.uint64, (None,))

    def sums(self, folder: str) -> SavedSums:
        """The strata and clusters of `body` or `ends`."""
        with self._reading():
            strata, clusters = self._names(f"{folder}/strata.json"), self._names(f"{folder}/clusters.json")
            units = self._array(f"{folder}/units", np.int64, (len(strata),))
            stratum = self._array(f"{folder}/stratum_of_cluster", np.int64, (len(clusters),))
            has_fpc = f"{folder}/fpc.npy" in self._file.namelist()
            fpc = self._array(f"{folder}/fpc", np.float64, (len(strata),)) if has_fpc else None
            _demand((stratum >= 0) & (stratum < len(strata)))
            return SavedSums(strata, clusters, units, stratum, fpc)

    def blocks(self, folder: str, kind: str, units: int, cells: int, series: int) -> Iterator[tuple[Ints, Ints, Rows]]:
        """Blocks of `closed` or `open` rows: the place of each row's stratum or cluster, its cell code, its sums.

        units: how many strata or clusters there are; cells: how many cell codes.
        """
        start = f"{folder}/{kind}/"
        numbers = sorted(
            {name[len(start) :].partition("/")[0] for name in self._file.namelist() if name.startswith(start)}
        )
        for number in numbers:
            with self._reading():
                block = f"{start}{number}"
                unit = self._array(f"{block}/unit", np.int64, (None,))
                cell = self._array(f"{block}/cell", np.int32, (len(unit),)).astype(np.int64)
                sums = self._array(f"{block}/sums", np.uint64, (len(unit), series, FIELDS_OF[kind]))
                pair_at = self._array(f"{block}/pair_at", np.int64, (len(unit),))
                pairs = self._array(f"{block}/pairs", np.uint64, (None, series, PAIR_FIELDS))
                _demand((unit >= 0) & (unit < units) & (cell >= 0) & (cell < cells))
                _demand(np.array_equal(np.sort(pair_at[pair_at >= 0]), np.arange(len(pairs))))
            yield unit, cell, Rows(np.zeros(len(unit), np.uint64), sums, pair_at, pairs)

    def join_evidence(self, evidence: Evidence) -> None:
        """Add what disclosure control is decided by."""
        with self._reading():
            mine, others = json.loads(self._file.read("evidence/samples.json"))
            together = self._array("evidence/together", np.uint64, (len(mine), None, None, None))
            within = self._array("evidence/within", np.uint64, (len(mine), None, None))
            cells = self._array("evidence/cells", np.int64, (None,))
            largest = self._array("evidence/largest", np.uint64, (len(others), len(cells), None, 2))
            evidence.support.join(mine, together, within)
            evidence.largest.join(others, cells, largest)

    def record_sums(self, cells: int, series: int) -> tuple[int, SavedRecordSums] | None:
        """The sums of record keys after the mark of their secret, if one was given. cells: how many codes."""
        if "record_keys/mark.npy" not in self._file.namelist():
            return None
        with self._reading():
            samples = json.loads(self._file.read("record_keys/samples.json"))
            _demand(isinstance(samples, list) and all(isinstance(name, str) for name in samples))
            _demand(len(set(samples)) == len(samples))
            codes = self._array("record_keys/cells", np.int32, (None,))
            _demand(np.all(np.diff(codes) > 0) and np.all((codes >= 0) & (codes < cells)))
            sums = self._array("record_keys/sums", np.uint32, (len(samples), len(codes), series, 2))
            mark = self._array("record_keys/mark", np.uint64, (1,))
            return int(mark[0]), SavedRecordSums(samples, codes, sums)

    def replicates(self, replicates: int, cells: int, series: int) -> SavedReplicates:
        """The sums by replicate weight. replicates, cells, series: how many replicate weights, cell codes, series."""
        with self._reading():
            samples = [str(name) for name in json.loads(self._file.read("replicates/samples.json"))]
            _demand(len(set(samples)) == len(samples))
            place = {"sample": len(samples), "cell": cells, "series": series}
            found = {name: self._array(f"replicates/{name}", np.int64, (None,)) for name in place}
            for name, most in place.items():
                _demand((found[name] >= 0) & (found[name] < most))
            count = len(found["cell"])
            x, y = (self._array(f"replicates/{name}", np.int64, (count, replicates)) for name in ("x", "y"))
            lists = self._array("replicates/lists", np.uint64, (count, kept_of(replicates)))
            hashes = self._array("replicates/hashes", np.uint64, (None,))
            directions = self._array("replicates/directions", np.int32, (len(hashes), replicates))
            _demand(np.isin(lists, np.append(hashes, NONE)))
            largest = self._array("replicates/largest", np.float64, (None,))
            return SavedReplicates(samples, **found, x=x, y=y, lists=lists, hashes=hashes, directions=directions,
                                   largest=largest)  # fmt: skip

    def kept(self, folder: str) -> Iterator[bytes]:
        """The tables of the rows that are looked at again, see Kept.contents."""
        start = f"{folder}/kept/"
        for name in sorted(name for name in self._file.namelist() if name.startswith(start)):
            with self._reading():
                content = self._file.read(name)
                _demand(content[:4] == content[-4:] == b"PAR1")
            yield content

    def _names(self, member: str) -> list[Name]:
        names = [tuple(name) for name in json.loads(self._file.read(member))]
        _demand(all(isinstance(text, str) for name in names for text in name) and len(set(names)) == len(names))
        return names

    def _array(self, name: str, kind: type[np.generic], shape: tuple[int | None, ...]) -> npt.NDArray[Any]:
        # all of it first, as the checksum is compared at the end: no shape of a damaged header is believed
        content = io.BytesIO(self._file.read(f"{name}.npy"))
        array: npt.NDArray[Any] = np.lib.format.read_array(content, allow_pickle=False)
        _demand(array.dtype == np.dtype(kind).newbyteorder("<") and array.ndim == len(shape))
        _demand(all(wanted in (None, there) for wanted, there in zip(shape, array.shape, strict=True)))
        return array.astype(kind, copy=False)

    @contextmanager
    def _reading(self) -> Iterator[None]:
        try:
            yield
        except FileNotFoundError:
            raise DataFileError(
                f"{self.path}: there is no such file", "name the state.zip of each part that tabulate --partial wrote"
            ) from None
        except OSError as error:
            raise DataFileError(f"{self.path}: can't be read ({error.strerror})", "may you read the file?") from None
        except _NO_STATE as error:
            help = "merge takes what `harmonize tabulate --partial` wrote: copy it again, or tabulate the part again"
            if has_description(self.path):
                help = f"it is harmonised microdata: first `harmonize tabulate {self.path} -o part/ --partial`"
            raise DataFileError(f"{self.path}: this is no state, or it is damaged", help) from error


class _Faulty(Exception):
    """An array or a list that no part has."""


# what zipfile, numpy and json say of files that are something else, cut off or changed
_NO_STATE = (
    _Faulty, zipfile.BadZipFile, zlib.error, struct.error, EOFError, KeyError, TypeError, ValueError,
    NotImplementedError, RuntimeError,
)  # fmt: skip


def _demand(holds: Any) -> None:
    if not np.all(holds):
        raise _Faulty
