"""Indirect estimates from tabulated sums: child mortality (Brass–Trussell), fertility (Brass P/F), age shift."""
