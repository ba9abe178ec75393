"""polars as `pl`, imported when it is first asked for something.

The rules of a mapping are read, checked and shown without any data, and only a rule that is applied needs
polars: importing it takes longer than checking a mapping does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__all__ = ["pl"]

if TYPE_CHECKING:
    import polars as pl
else:

    class _Polars:
        """Stands for the module; everything asked of it is asked of polars."""

        def __getattr__(self, name: str) -> Any:
            import polars

            return getattr(polars, name)

    pl = _Polars()
