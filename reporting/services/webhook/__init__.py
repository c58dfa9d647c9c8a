"""Telling other programs what changed: registered, planned as rows, claimed, sent, recorded."""
