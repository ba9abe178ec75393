"""Harmonised microdata: the common schema's columns of each person, in a file with its description beside it."""
