"""The day before the month, without a comma between; numbers in groups of three."""

DATE_FORMAT = "j F Y"
DATETIME_FORMAT = "j F Y، H:i"
SHORT_DATE_FORMAT = DATE_FORMAT
SHORT_DATETIME_FORMAT = DATETIME_FORMAT
NUMBER_GROUPING = 3
THOUSAND_SEPARATOR = "\u00a0"
