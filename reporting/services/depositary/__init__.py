"""Deposits as the United Nations Treaty Collection publishes them: read, looked at, put on record."""
