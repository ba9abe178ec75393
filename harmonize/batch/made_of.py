"""What a run is made of: by it a batch that is begun again knows what is done."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from harmonize import __version__
from harmonize.batch.manifest import Job, Place
from harmonize.errors import HarmonizeError
from harmonize.mapping import load_mapping
from harmonize.readers.formats import codebook_path
from harmonize.remote import is_there, name_of, told_of
from harmonize.run_record import inputs


def fingerprint(job: Job) -> str | None:
    """What a run is made of, as JSON: version, mapping with all it takes in, options, and the bytes of its files.

    Of a file in an object store the store itself says whether it is another: by its ETag.
    None where the mapping can't be used or a file can't be read: the run itself says why.
    """
    try:
        mapping = hashlib.sha256(repr(load_mapping(job.from_anywhere().mapping)).encode()).hexdigest()
        own = [] if job.codebook else [_codebook(place) for place in job.data]
        books = [place for place in (*own, *map(_codebook, job.households)) if _is_there(place)]
        named = [*job.data, *job.households, *([job.codebook] if job.codebook else []), *books]
        files = [told_of(place) if isinstance(place, str) else inputs([place])[0] for place in named]
    except (HarmonizeError, OSError):
        return None
    told = {"harmonize": __version__, "mapping": mapping, "arguments": list(job.arguments), "inputs": files}
    return json.dumps(told, indent=1)


def _codebook(place: Place) -> Place:
    """Where the codebook of a data file would be."""
    if isinstance(place, str):
        return place.removesuffix(name_of(place)) + codebook_path(Path(name_of(place))).name
    return codebook_path(place)


def _is_there(place: Place) -> bool:
    return is_there(place) if isinstance(place, str) else place.is_file()
