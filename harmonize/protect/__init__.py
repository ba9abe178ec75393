"""Disclosure control: which numbers a release may show."""
