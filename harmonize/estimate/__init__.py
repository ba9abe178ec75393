"""From sums to estimates: ratios, Taylor variances, intervals, the estimates table."""
