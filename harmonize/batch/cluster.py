"""A cluster that a file tells to start, for `batch --dask FILE.yaml`.

    cluster: dask_jobqueue.SLURMCluster
    options: {cores: 4, processes: 4, memory: 16GB, walltime: "02:00:00"}
    scale: {jobs: 20}

cluster: the class, with its module. options: its arguments. scale: those of its method `scale`; or adapt: of `adapt`.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

import yaml

from harmonize.errors import UsageError

_KEYS = ("cluster", "options", "scale", "adapt")
_HELP = "such a file is in docs/scale.md, under Dask"


def cluster_of(address: str) -> Any:
    """The cluster that the file tells of, started; None where `address` is that of a scheduler. Raises UsageError."""
    if not address.endswith((".yaml", ".yml")):
        return None
    told = _read(Path(address))
    module, _, name = str(told["cluster"]).rpartition(".")
    try:
        made = getattr(import_module(module), name)
    except (ImportError, AttributeError, ValueError) as error:
        package = module.partition(".")[0] or name
        raise UsageError(
            f"{address}: there is no {told['cluster']}",
            f"is it installed? pip install {package.replace('_', '-')}",
        ) from error
    try:
        cluster = made(**told.get("options", {}))
        for way in ("scale", "adapt"):
            if way in told:
                getattr(cluster, way)(**told[way])
    except (TypeError, ValueError, OSError, RuntimeError) as error:
        raise UsageError(f"{address}: {told['cluster']} can't be started: {error}", _HELP) from error
    return cluster


def _read(path: Path) -> dict[str, Any]:
    try:
        told = yaml.safe_load(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise UsageError(f"{path}: there is no such file", "name a file, or a scheduler as tcp://HOST:8786") from None
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise UsageError(f"{path}: it can't be read as YAML: {str(error).splitlines()[0]}", _HELP) from None
    if not isinstance(told, dict) or "cluster" not in told:
        raise UsageError(f"{path}: there is no key 'cluster'", _HELP)
    odd = next((str(key) for key in told if key not in _KEYS), None)
    if odd is not None:
        raise UsageError(f"{path}: '{odd}' is not a key here: {', '.join(_KEYS)}", _HELP)
    wrong = next((key for key in _KEYS[1:] if not isinstance(told.get(key, {}), dict)), None)
    if wrong is not None:
        raise UsageError(f"{path}: {wrong} is a block of names and values", _HELP)
    return told
