"""What is set where the process is harmonize's own: by the command line, never in a program that imports harmonize."""

from __future__ import annotations

import atexit
import ctypes
import gc
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

_KEPT = 256 << 20
"""Bytes that are freed and kept, for a batch to take what the one before it gave back."""
_LARGEST = 32 << 20
"""Bytes of an array that come from there; glibc takes no larger number."""
_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD = -1, -3  # of glibc's malloc.h
_JEMALLOC = "_RJEM_MALLOC_CONF"
"""The settings of polars' allocator, before which polars puts its own: back to the system after half a second."""
_LATER = "dirty_decay_ms:5000"


@contextmanager
def seldom_collecting() -> Iterator[None]:
    """Look less often for objects that refer to themselves, and not at the end: a fifth of the time of a short run."""
    before = gc.get_threshold()
    gc.set_threshold(50_000, 20, 20)
    atexit.unregister(gc.freeze)
    atexit.register(gc.freeze)  # at the end the system takes all back at once
    try:
        yield
    finally:  # who calls several commands in a process would keep what they leave
        gc.set_threshold(*before)


def keep_freed_memory() -> None:
    """Have what is freed be there for what is needed next: each batch needs the memory of the one before.

    Before polars and numpy are imported. To have it from the system anew took an eighth of the time of a run.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # numpy's threads, which nothing here uses, wait by spinning
    given = os.environ.get(_JEMALLOC, "")
    if not given.startswith(_LATER):
        os.environ[_JEMALLOC] = ",".join(filter(None, (_LATER, given)))  # of two the last counts: what is given
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None) if sys.platform == "linux" else None
    if mallopt is not None:
        mallopt(_M_MMAP_THRESHOLD, _LARGEST)
        mallopt(_M_TRIM_THRESHOLD, _KEPT)
