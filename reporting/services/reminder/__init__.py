"""Reminders: planned as rows, claimed, sent, recorded; nothing is sent that is not a row first."""
