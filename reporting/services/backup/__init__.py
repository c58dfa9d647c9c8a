"""One archive of everything on record, written and read back, from one database engine to the other."""
