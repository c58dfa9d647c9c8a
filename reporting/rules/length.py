"""How long a report may be (General Assembly resolution 68/268, paragraph 16)."""

WORDS_OF_AN_INITIAL_REPORT = 31_800
WORDS_OF_A_PERIODIC_REPORT = 21_200


def word_limit(*, first: int) -> int:
    """Return how many words a report may have; ``first`` is the first report that it covers.

    >>> word_limit(first=1), word_limit(first=2)
    (31800, 21200)
    """
    return WORDS_OF_AN_INITIAL_REPORT if first == 1 else WORDS_OF_A_PERIODIC_REPORT
