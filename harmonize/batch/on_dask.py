"""The runs of a batch on the workers of a Dask cluster.

A run is a task; a large file that can be cut is a task for each range of its rows, whose states are joined as a tree.
Workers read, and give back what is to be written as bytes; only this process writes, so no worker that dies leaves
anything behind. A task of a worker that died is done again by another.
"""

from __future__ import annotations

import tempfile
import threading
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any
from weakref import WeakSet

from harmonize import __version__
from harmonize.batch import made_of
from harmonize.batch.cluster import cluster_of
from harmonize.batch.hand import KILLED, Hand
from harmonize.batch.manifest import Job
from harmonize.errors import FitError, HarmonizeError, UsageError
from harmonize.partial import by_ranges
from harmonize.partial.by_ranges import Asked, NotInRanges
from harmonize.remote import put
from harmonize.writers.delivery import Delivery

AT_ONCE = 256  # runs that are told to the cluster at a time: each has a thread here that waits
RETRIES = 3
JOINED = 4  # states that a task joins
INSTALL = 'install it: pip install "harmonize[dask]"'


class OnDask:
    """Runs jobs on a cluster. Use it in `with`."""

    def __init__(self, address: str, part_size: float, options_of: Callable[[Job], Mapping[str, Any]]) -> None:
        """address: of a scheduler, or a file that tells how to start one (see cluster). part_size: bytes of a range.

        options_of: the keyword arguments of pipeline.run that the options of a job mean.
        Raises UsageError where Dask is not there or no scheduler answers.
        """
        if find_spec("distributed") is None:
            raise UsageError("--dask: the package distributed is not installed", INSTALL)
        self.at_once = AT_ONCE
        self._address, self._part_size, self._options_of = address, part_size, options_of
        self._cluster: Any = None
        self._client: Any = None
        self._tasks: WeakSet[Any] = WeakSet()
        self._stopped = threading.Event()

    def run(self, job: Job, folder: Path | str) -> tuple[int, str]:
        """Run a job into its folder: its exit code and what it said of a failure."""
        from distributed import CancelledError, KilledWorker

        sent = job.from_anywhere()
        try:
            try:
                files = self._in_ranges(sent)
            except NotInRanges:
                code, said, files = self._do(_whole, sent)
                if code:
                    return code, job.as_named(said)
            _write(files, folder, job)
            return 0, ""
        except HarmonizeError as error:
            return error.exit_code, job.as_named(str(error))
        except KilledWorker:
            return KILLED, "the workers that took it died: was there memory for it?"
        except CancelledError:
            return KILLED, "" if self._stopped.is_set() else "the cluster gave it up: is its scheduler still there?"
        except Exception as error:  # a bug, or a worker's full disk: of this run alone, as where it is in a process
            return 1, "".join(traceback.format_exception(error))

    def fingerprint(self, job: Job) -> str | None:
        """See made_of; the bytes are read on the cluster."""
        from distributed import CancelledError, KilledWorker

        try:
            found: str | None = self._do(made_of.fingerprint, job.from_anywhere())
        except (KilledWorker, CancelledError):
            return None
        return found

    def stop(self) -> None:
        """Take back all tasks."""
        self._stopped.set()
        self._client.cancel(list(self._tasks), force=True)

    def __enter__(self) -> OnDask:
        from distributed import Client

        self._cluster = cluster_of(self._address)
        try:
            self._client = Client(self._cluster or self._address, set_as_default=False)
        except (OSError, ValueError) as error:
            raise UsageError(
                f"--dask {self._address}: no scheduler answers there", "start one: dask scheduler; dask worker ADDRESS"
            ) from error
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()
        if self._cluster is not None:
            self._cluster.close()

    def _in_ranges(self, job: Job) -> dict[str, bytes]:
        """What a run of a large file writes. Raises NotInRanges for any other, and where ranges can't tell."""
        first, *others = job.data
        if others or job.households or not self._part_size:
            raise NotInRanges
        asked = Asked(job.mapping, first, job.codebook, self._options_of(job))
        ranges = self._do(by_ranges.ranges_of, asked, self._part_size)
        states = [self._submit(by_ranges.state_of, asked, each, {}) for each in ranges]
        seen = [_value(each) for each in self._client.gather([self._submit(by_ranges.seen_in, one) for one in states])]
        again, told = self._do(by_ranges.to_do_again, asked, seen)
        for number in again:
            states[number] = self._submit(by_ranges.state_of, asked, ranges[number], told)
        while len(states) > 1:
            few = [states[at : at + JOINED] for at in range(0, len(states), JOINED)]
            states = [self._submit(by_ranges.joined_states, asked, each) if len(each) > 1 else each[0] for each in few]
        files: dict[str, bytes] = self._do(_written, asked, states[0])
        return files

    def _submit(self, work: Callable[..., Any], *given: Any) -> Any:
        if self._stopped.is_set():
            from distributed import CancelledError

            raise CancelledError
        task = self._client.submit(_checked, __version__, work, *given, pure=False, retries=RETRIES)
        self._tasks.add(task)
        return task

    def _do(self, work: Callable[..., Any], *given: Any) -> Any:
        return _value(self._submit(work, *given).result())


def _write(files: Mapping[str, bytes], folder: Path | str, job: Job) -> None:
    """Write the files of a run to its folder, all or none; to a store, run.json last."""
    if isinstance(folder, str):
        with tempfile.TemporaryDirectory(prefix="harmonize-") as here:
            _write(files, Path(here) / "out", job)
            put(Path(here) / "out", folder)
        return
    with Delivery(folder, [path for path in job.data if isinstance(path, Path)]) as delivery:
        for name, content in files.items():
            delivery.path(name).write_bytes(content)
        delivery.finish()


@dataclass(frozen=True)
class _Ended:
    """What a task gives back in place of an error that is no surprise: Dask would log it, and try again."""

    error: HarmonizeError | NotInRanges


def _value(result: Any) -> Any:
    """What a task gave back. Raises the error that it ended with."""
    if isinstance(result, _Ended):
        raise result.error
    return result


def _checked(version: str, work: Callable[..., Any], *given: Any) -> Any:
    """On a worker: the work, if it is done by the same version.

    Its temporary files are in the worker's folder, which its nanny takes away where it dies.
    """
    from distributed import get_worker

    if version != __version__:
        said = f"a worker has harmonize {__version__}, this is {version}"
        return _Ended(FitError(said, "install one version on all machines"))
    tempfile.tempdir = get_worker().local_directory
    try:
        return work(*([_value(one) for one in each] if isinstance(each, list) else _value(each) for each in given))
    except (HarmonizeError, NotInRanges) as error:
        return _Ended(error)


_hands: SimpleQueue[Hand] = SimpleQueue()  # of this worker, that are free


def _whole(job: Job) -> tuple[int, str, dict[str, bytes]]:
    """On a worker: a whole run, in a process beside it. Its exit code, what it said, the files that it wrote."""
    try:
        hand = _hands.get_nowait()
    except Empty:
        hand = Hand(_threads(), tempfile.gettempdir())
    try:
        with tempfile.TemporaryDirectory(prefix="harmonize-") as folder:
            code, said = hand.run([*job.command(Path(folder) / "out"), "--quiet"])
            return code, said.strip(), _files(Path(folder) / "out") if code == 0 else {}
    finally:
        _hands.put(hand)


def _written(asked: Asked, state: by_ranges.RangeState) -> dict[str, bytes]:
    """On a worker: the files of a run, from the state of all ranges."""
    with tempfile.TemporaryDirectory(prefix="harmonize-") as folder:
        by_ranges.write_run(asked, state, Path(folder) / "out")
        return _files(Path(folder) / "out")


def _files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def _threads() -> int:
    from distributed import get_worker

    return max(1, int(get_worker().state.nthreads))
