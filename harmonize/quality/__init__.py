"""Data quality as demographers judge it, by migratory status: age heaping, sex ratios, shares unknown."""
