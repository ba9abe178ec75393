"""A mapping against codebooks, without a row of data."""

from __future__ import annotations

from harmonize.errors import Finding
from harmonize.lint.codebook import Codebook
from harmonize.lint.coverage import lacking, never_reached, not_labelled, not_mapped
from harmonize.lint.meanings import meanings
from harmonize.mapping.model import Mapping
from harmonize.rules.codebook_labels import label_findings


def against_codebook(mapping: Mapping, book: Codebook) -> list[Finding]:
    """L001 to L011, and M029 and M031, sorted."""
    book = book.anew(mapping.read.blank)
    rules = [rule for rule in mapping.variables.values() if rule.rule.body is not None]
    findings = [*lacking(mapping, book)]
    for rule in rules:
        findings += [*not_mapped(rule, book), *not_labelled(rule, book), *meanings(rule, book)]
        findings += never_reached(rule, book)
    findings += label_findings([rule.rule for rule in rules], book.columns, book.labels)
    findings += book.columns.renaming(str(mapping.path))
    return sorted(set(findings))
