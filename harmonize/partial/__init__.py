"""Parts of an extract: what `tabulate --partial` keeps of one in a state file, and how `merge` joins them."""
