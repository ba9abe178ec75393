"""Extracts as batches of text columns: fixed width with DDI, csv, parquet; persons with their households."""

from harmonize.readers.batches import household_batches
from harmonize.readers.ddi import Codebook, CodebookVariable, read_ddi
from harmonize.readers.extract import Extract, open_extract
from harmonize.readers.formats import FORMATS

__all__ = [
    "FORMATS",
    "Codebook",
    "CodebookVariable",
    "Extract",
    "household_batches",
    "open_extract",
    "read_ddi",
]
