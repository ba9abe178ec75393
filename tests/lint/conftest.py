"""The command line as a user has it."""

from tests.functional.conftest import as_typed, harmonize

__all__ = ["as_typed", "harmonize"]
