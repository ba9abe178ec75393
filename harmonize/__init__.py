"""SDG indicators by migratory status, from census extracts with any codes."""

__version__ = "0.1.0"
