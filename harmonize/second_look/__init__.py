"""What needs a result first: half the median, medians, standardised rates. The extract is not read again."""
