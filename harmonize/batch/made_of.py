"""What a run is made of: by it a batch that is begun again knows what is done."""

from __future__ import annotations

import hashlib
import json

from harmonize import __version__
from harmonize.batch.manifest import Job
from harmonize.errors import HarmonizeError
from harmonize.mapping import load_mapping
from harmonize.readers.formats import codebook_path
from harmonize.run_record import inputs


def fingerprint(job: Job) -> str | None:
    """What a run is made of, as JSON: version, mapping with all it takes in, options, and the bytes of its files.

    None where the mapping can't be used or a file can't be read: the run itself says why.
    """
    try:
        mapping = hashlib.sha256(repr(load_mapping(job.mapping)).encode()).hexdigest()
        own = [] if job.codebook else [codebook_path(path) for path in job.data]
        books = [path for path in (*own, *map(codebook_path, job.households)) if path.is_file()]
        files = inputs([*job.data, *job.households, *([job.codebook] if job.codebook else []), *books])
    except (HarmonizeError, OSError):
        return None
    told = {"harmonize": __version__, "mapping": mapping, "arguments": list(job.arguments), "inputs": files}
    return json.dumps(told, indent=1)
