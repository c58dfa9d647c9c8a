"""The same rows for other programs: one column list each."""
