"""The eleven reporting regimes of the UN human rights treaties, as values.

A regime says when a treaty binds a State and how often the State then reports. The articles other than
those of CMW and CRPD were recalled rather than read (see fixtures/treaties.csv).
"""

from dataclasses import dataclass
from datetime import date

from reporting.rules.entry_into_force import (
    DaysAfter,
    EntryIntoForceRule,
    FirstDayOfMonthAfterMonths,
    MonthsAfter,
)
from reporting.rules.errors import RulesError
from reporting.rules.saying import gettext_noop, ngettext_noop, say, say_counted


@dataclass(frozen=True, slots=True)
class Regime:
    """The reporting rules of one treaty; months of ``None`` mean that the treaty sets no interval.

    ``folded_into`` is the code of the treaty into whose reports the periodic ones go for a State that
    is bound by both: after its initial report it owes none of its own.
    """

    code: str
    in_force_on: date
    entry_into_force: EntryIntoForceRule
    initial_months: int
    periodic_months: int | None
    initial_article: str
    periodic_article: str
    follow_up_months: int | None = None
    folded_into: str = ""

    def __post_init__(self) -> None:
        """Refuse an interval that does not lead forward by whole years, and rules that contradict."""
        for months in (self.initial_months, self.periodic_months, self.follow_up_months):
            if months is not None and (months <= 0 or months % 12):
                forms = ngettext_noop(
                    "%(treaty)s: %(months)s month is no reporting interval in whole years.",
                    "%(treaty)s: %(months)s months is no reporting interval in whole years.",
                )
                raise RulesError(say_counted(forms, months, treaty=self.code, months=months))
        if self.folded_into == self.code:
            message = gettext_noop("%(treaty)s: its reports cannot fold into themselves.")
            raise RulesError(say(message, treaty=self.code))
        if self.periodic_months and not self.periodic_article:
            forms = ngettext_noop(
                "%(treaty)s: an interval of %(months)s month needs the article that sets it.",
                "%(treaty)s: an interval of %(months)s months needs the article that sets it.",
            )
            months = self.periodic_months
            raise RulesError(say_counted(forms, months, treaty=self.code, months=months))


CMW = Regime(
    code="CMW",
    in_force_on=date(2003, 7, 1),
    entry_into_force=FirstDayOfMonthAfterMonths(3, "87"),
    initial_months=12,
    periodic_months=60,
    initial_article="73(1)(a)",
    periodic_article="73(1)(b)",
    follow_up_months=24,
)
CERD = Regime("CERD", date(1969, 1, 4), DaysAfter(30, "19"), 12, 24, "9", "9", follow_up_months=12)
CCPR = Regime(
    "CCPR", date(1976, 3, 23), MonthsAfter(3, "49"), 12, None, "40", "40", follow_up_months=12
)
CESCR = Regime(
    "CESCR", date(1976, 1, 3), MonthsAfter(3, "27"), 24, 60, "16-17", "16-17", follow_up_months=24
)
CEDAW = Regime(
    "CEDAW", date(1981, 9, 3), DaysAfter(30, "27"), 12, 48, "18", "18", follow_up_months=24
)
CAT = Regime("CAT", date(1987, 6, 26), DaysAfter(30, "27"), 12, 48, "19", "19", follow_up_months=12)
CRC = Regime("CRC", date(1990, 9, 2), DaysAfter(30, "49"), 24, 60, "44", "44")
OPAC = Regime(
    "OPAC", date(2002, 2, 12), MonthsAfter(1, "10"), 24, 60, "8", "8", folded_into=CRC.code
)
OPSC = Regime(
    "OPSC", date(2002, 1, 18), MonthsAfter(1, "14"), 24, 60, "12", "12", folded_into=CRC.code
)
CRPD = Regime("CRPD", date(2008, 5, 3), DaysAfter(30, "45"), 24, 48, "35", "35")
CED = Regime(
    "CED", date(2010, 12, 23), DaysAfter(30, "39"), 24, None, "29", "29", follow_up_months=12
)

REGIMES = {
    regime.code: regime
    for regime in (CMW, CERD, CCPR, CESCR, CEDAW, CAT, CRC, OPAC, OPSC, CRPD, CED)
}

# The treaty of pages, files and commands that name none.
DEFAULT = CMW.code
# The day of the General Assembly's resolution, named beside it; no fact of a treaty can be older.
ADOPTED_ON = {
    CERD.code: date(1965, 12, 21),  # 2106 A (XX)
    CCPR.code: date(1966, 12, 16),  # 2200 A (XXI)
    CESCR.code: date(1966, 12, 16),  # 2200 A (XXI)
    CEDAW.code: date(1979, 12, 18),  # 34/180
    CAT.code: date(1984, 12, 10),  # 39/46
    CRC.code: date(1989, 11, 20),  # 44/25
    CMW.code: date(1990, 12, 18),  # 45/158
    OPAC.code: date(2000, 5, 25),  # 54/263
    OPSC.code: date(2000, 5, 25),  # 54/263
    CRPD.code: date(2006, 12, 13),  # 61/106
    CED.code: date(2006, 12, 20),  # 61/177
}
# The one committee whose documents do not begin with the code of its treaty.
SYMBOL_ROOTS = {CESCR.code: "E/C.12"}
