"""Disclosure control: what is published of a cell, so that no person can be told from it."""
