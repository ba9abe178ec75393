"""Rules: how each variable of the common schema comes from an extract. One rule kind a file.

`parse.RULE_KINDS` is the registry, `parse.parse_rule` reads one rule of a mapping, and `harmoniser.compile_mapping`
makes a mapping's rules into polars expressions for one extract. Reading and checking need no polars and no numpy.
"""
