"""The linter behind `harmonize check`: its rules as pages, what silences them, what a codebook shows, its formats.

`harmonize.lint.registry` has every code. Nothing here is imported by the machinery of a run.
"""
