"""What changed between two versions of a mapping, and what that does to the indicators."""
