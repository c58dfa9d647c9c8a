"""Reads: typed, for a day, in a fixed number of queries."""
