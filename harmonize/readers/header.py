"""What is known of an extract before its rows are."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol


class Header(Protocol):
    """files: of the extract. columns, numeric, decimals, labels: as in Extract."""

    @property
    def files(self) -> Sequence[Path]: ...  # noqa: D102

    @property
    def columns(self) -> Sequence[str]: ...  # noqa: D102

    @property
    def numeric(self) -> set[str] | None: ...  # noqa: D102

    @property
    def decimals(self) -> dict[str, int]: ...  # noqa: D102

    @property
    def labels(self) -> dict[str, dict[str, str]]: ...  # noqa: D102
