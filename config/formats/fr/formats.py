"""The hour behind its own word: 2 mai 2026 à 14:05."""

DATETIME_FORMAT = "j F Y à H:i"
