"""Numbers in groups of three, as documents of the United Nations have them."""

NUMBER_GROUPING = 3
THOUSAND_SEPARATOR = ","
