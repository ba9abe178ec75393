"""Expressions evaluated once for each distinct combination of the values that they read.

Census columns hold few distinct values: a million persons have a hundred ages, two sexes, six activities. What an
expression makes of a combination of values is worked out when the combination is first met, by polars, and is looked
up for every other row and batch. The outcome is that of the expressions themselves, at a tenth of the time. An
expression that reads a column of many values (an income), or looks at other rows, is evaluated row by row.
"""
