"""How often something was written: by that, programs know which of two entries is the newer one."""

from datetime import UTC, datetime
from typing import NamedTuple


class Written(NamedTuple):
    """How often something was recorded, corrected or taken off, and when that was done last."""

    times: int = 0
    at: datetime = datetime.min.replace(tzinfo=UTC)

    def __or__(self, other: "Written") -> "Written":
        """Take what was written here and there together.

        >>> first, second = datetime(2024, 5, 1, tzinfo=UTC), datetime(2025, 6, 2, tzinfo=UTC)
        >>> both = Written(3, first) | Written(2, second)
        >>> both.times, both.at.year
        (5, 2025)
        """
        return Written(self.times + other.times, max(self.at, other.at))

    def sequence(self, *, is_over: bool = False) -> int:
        """Return the number that grows with every change, and with an end that only time brought.

        >>> Written(3).sequence(), Written(3).sequence(is_over=True), Written(4).sequence()
        (6, 7, 8)
        """
        return 2 * self.times + is_over
