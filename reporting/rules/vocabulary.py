"""The words of concluding observations about the next report, in English, French and Spanish.

The patterns are for text in small letters without accents, unless one says otherwise.
"""

import re
from itertools import chain


def _any(words: object) -> str:
    """Return a pattern for any of the words, the longest first."""
    return "|".join(sorted(map(str, words), key=len, reverse=True))  # type: ignore[call-overload]


def _numbered(*languages: str) -> dict[str, int]:
    """Return the words by their place in the year, the first of each language being 1."""
    named = (enumerate(words.split(), start=1) for words in languages)
    return {word: number for number, word in chain.from_iterable(named)}


MONTHS = _numbered(
    "january february march april may june july august september october november december",
    "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre",
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
) | {"setiembre": 9}
ORDINALS = _numbered(
    "initial second third fourth fifth sixth seventh eighth ninth tenth",
    "initial deuxieme troisieme quatrieme cinquieme sixieme septieme huitieme neuvieme dixieme",
    "inicial segundo tercero cuarto quinto sexto septimo octavo noveno decimo",
) | {"first": 1, "premier": 1, "primer": 1, "primero": 1, "tercer": 3}
NUMBERS = _numbered(
    "one two three four five six seven eight nine ten",
    "un deux trois quatre cinq six sept huit neuf dix",
    "un dos tres cuatro cinco seis siete ocho nueve diez",
)

# A date: in ISO form; day, month and year; the American order; month and year; a year alone.
_MONTH = _any(MONTHS)
_YEAR = r"(?:19|20|21)\d\d"
DATE = re.compile(
    rf"(?<![\d/.-])(?:(?P<iso>{_YEAR}-\d\d(?:-\d\d)?)"
    rf"|(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|\.?o)?\s(?:(?:of|de)\s)?)?"
    rf"\b(?P<month>{_MONTH}),?\s(?:del?\s)?(?P<year>{_YEAR})"
    rf"|\b(?P<month_first>{_MONTH})\s(?P<day_after>\d{{1,2}})(?:st|nd|rd|th)?,?\s(?P<year_after>{_YEAR})"
    rf"|(?P<year_alone>{_YEAR}))(?![\d/-])",
)

# What stands directly before a date by which something is due.
BY = re.compile(
    r"\b(?:by|before|until|due(?:\s(?:on|in|by|for))?|(?:no|not)\slater\sthan|on\sor\sbefore|by\sthe\send\sof"
    r"|d'ici(?:\s(?:au|a|le|la|fin))?|avant(?:\s(?:le|la|fin))?|au\splus\stard(?:\s(?:le|en|au))?"
    r"|pour\sle|attendus?(?:\s(?:le|pour\sle|en))?"
    r"|antes\sdel?|a\smas\stardar(?:\s(?:el|en))?|hasta\sel|para\sel|debe(?:ra)?\spresentarse\sel)"
    r"\s(?:(?:the|le|el|en|in)\s)?(?:(?:date|fecha)\s(?:of|du|del?)\s)?$"
)

# "Within five years"; a number of years and what makes it a term.
INTERVAL = re.compile(
    r"\b(?:within|in|dans\s(?:un\sdelai\sde|les)|d'ici(?:\sa)?|(?:en|dentro\sde)(?:l)?"
    r"(?:\s(?:el|un)\splazo\s(?:maximo\s)?de)?|en\sun\splazo\sde)"
    rf"\s(?:(?:a|the\snext|los\sproximos|the)\s)?(?:period\sof\s)?"
    rf"(?P<number>{_any(NUMBERS)}|\d{{1,2}})\s(?:prochaines\s)?(?:years?|ans|annees|anos)\b"
)

ANNOUNCED = re.compile(
    r"\b(?:will|shall)\s[^.;]{0,60}communicate\s[^.;]{0,60}due\sdate"
    r"|\bdue\sdate\s[^.;]{0,80}will\s[^.;]{0,40}communicated"
    r"|\bcommuniquera\s[^.;]{0,80}\bdate\b|\bdate\b[^.;]{0,80}\bsera\s[^.;]{0,40}communiquee"
    r"|\bcomunicara\s[^.;]{0,80}\bfecha\b|\bfecha\b[^.;]{0,80}\bcomunicara"
)

REPORT = re.compile(r"\breports?\b|\brapports?\b|\binformes?\b")
# Written information that is asked for earlier than the report.
FOLLOW_UP = re.compile(
    r"\bwritten\sinformation\b|\bfollow-up\s(?:report|information)\b"
    r"|\b(?:renseignements|informations)\s(?:complementaires\s)?ecrit|\bpar\secrit\b|\brapport\sde\ssuivi\b"
    r"|\binformacion\s(?:complementaria\s)?(?:por\s)?escrit|\bpor\sescrito\b|\binforme\sde\sseguimiento\b"
)

# "The combined second and third periodic reports", and the order of French and Spanish.
_ORDINAL = rf"(?:\b(?:{_any(ORDINALS)})\b|\b\d{{1,2}}(?:st|nd|rd|th|er|re|eme|e|\.?o|\.?er)\b)"
_AND = r"\s?(?:,|-|&|and|et|y|e|to|through|au?|al)\s?(?:(?:the|le|la|el|its|son|su)\s)?"
_ORDINALS = rf"{_ORDINAL}(?:{_AND}{_ORDINAL}){{0,5}}"
_KIND = r"(?:(?:combined|single|consolidated|periodic|periodiques?|periodicos?|combines?|uniques?|combinados?|unicos?)\s)"
_NOUN = r"(?:reports?|rapports?|informes?)\b"
REPORTS_NAMED = re.compile(
    rf"{_ORDINALS}\s{_KIND}{{0,3}}{_NOUN}"
    rf"|\b(?:rapports?|informes?)\s{_KIND}{{0,3}}{_ORDINALS}"
)
SINGLE_ORDINAL = re.compile(_ORDINAL)
# What may stand between two reports that are sent as one.
JOINED = re.compile(
    r"(?:\speriodi(?:que|co)s?)?\s?(?:,|and|et|y|e|to|au?|al)\s(?:(?:the|its|le|son|de|du|el|su)\s)?"
)

# Of the text as it is: a symbol, the number of a paragraph, the end of a sentence.
SYMBOL = re.compile(
    r"(?<![A-Za-z])(?:[A-Z]{3,5}/C|E/C\.12)/[A-Z]{3}/(?:(?:QPR|FCO|RQ|CO|Q)/)?"
    r"\d{1,2}(?!\d)(?:-\d{1,2}(?!\d))?(?:/(?:Add|Rev|Corr)\.\d{1,2})*",
    re.ASCII,
)
PARAGRAPH = re.compile(
    r"^(?:§\s?|para(?:graph|graphe|\.)?\s|párrafo\s)?(?P<number>\d{1,3})\.\s",
    re.MULTILINE | re.IGNORECASE,
)
FULL_STOP = re.compile(
    r"(?P<end>[.;!?])(?:\s|$)(?=\s*(?:[A-ZÀ-Þ¿¡«“\"(\[]|\d{1,3}\.\s|$))|(?P<line>\n)(?=\d{1,3}\.\s)"
)
