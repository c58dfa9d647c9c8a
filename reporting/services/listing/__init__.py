"""A State's own list of what it sent: read from a file, looked at, and put on record as it was seen."""
