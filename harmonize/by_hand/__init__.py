"""What a mapping makes of a few persons, worked as one would by hand: cell by cell, in plain Python.

It is what the cases of a mapping are held against, needs no engine, and starts at once. It is also a reference: rows
of an extract go through expressions (harmonize.rules), and tests/by_hand asks that both come to the same. Only what is
told before any cell is read they share: the parsed rules, `rules.fit`, and which codes collide.
"""
