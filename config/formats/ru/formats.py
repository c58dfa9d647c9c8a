"""The word for year in full, as documents of the United Nations write it: a sentence may end with it."""

DATE_FORMAT = "j E Y года"
YEAR_MONTH_FORMAT = "F Y года"
DATETIME_FORMAT = "j E Y года, G:i"
SHORT_DATE_FORMAT = DATE_FORMAT
SHORT_DATETIME_FORMAT = DATETIME_FORMAT
