"""Dates, terms, reports and documents as texts of the Committees name them: English, French, Spanish.

The patterns are for text in small letters without accents, unless one says otherwise. Each takes a
limited number of signs, so that a long text takes no longer than its length.
"""

import re
from itertools import chain


def any_of(*words: str) -> str:
    """Return a pattern for any of the words, the longest first; a space stands for any space."""
    every = sorted(chain.from_iterable(each.split("|") for each in words), key=len, reverse=True)
    return "|".join(every).replace(" ", r"\s")


def words(*patterns: str, joined_by: str = "|") -> str:
    r"""Return one pattern for all; a space stands for any space, and no bracket remembers.

    >>> words("by|(no|not) later than", "avant")
    'by|(?:no|not)\\slater\\sthan|avant'
    """
    plain = joined_by.join(patterns).replace(" ", r"\s")
    return re.sub(r"(?<!\\)\((?!\?)", "(?:", plain)


def _numbered(*languages: str) -> dict[str, int]:
    """Return the words by their place in the row, the first of each language being 1."""
    named = (enumerate(words.split(), start=1) for words in languages)
    return {word: number for number, word in chain.from_iterable(named)}


MONTHS = _numbered(
    "january february march april may june july august september october november december",
    "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre",
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "jan feb mar apr may jun jul aug sep oct nov dec",
    "janv fev mars avr mai juin juil aout sept oct nov dec",
    "ene feb mar abr may jun jul ago sept oct nov dic",
) | {"setiembre": 9, "fevr": 2}
NUMBERS = _numbered(
    "one two three four five six seven eight nine ten",
    "un deux trois quatre cinq six sept huit neuf dix",
    "un dos tres cuatro cinco seis siete ocho nueve diez",
) | {
    "twelve": 12,
    "eighteen": 18,
    "twenty-four": 24,
    "douze": 12,
    "dix-huit": 18,
    "vingt-quatre": 24,
    "doce": 12,
    "dieciocho": 18,
    "veinticuatro": 24,
}

_UNITS = _numbered(
    "first second third fourth fifth sixth seventh eighth ninth",
    "unieme deuxieme troisieme quatrieme cinquieme sixieme septieme huitieme neuvieme",
    "primer segundo tercer cuarto quinto sexto septimo octavo noveno",
) | {"primero": 1, "tercero": 3}
_TENS = {"twenty-": 20, "vingt-": 20, "vingt et ": 20, "vigesimo ": 20, "vigesimo": 20}
ORDINALS = (
    _numbered(
        "initial second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth "
        "thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth",
        "initial deuxieme troisieme quatrieme cinquieme sixieme septieme huitieme neuvieme dixieme "
        "onzieme douzieme treizieme quatorzieme quinzieme seizieme dix-septieme dix-huitieme "
        "dix-neuvieme vingtieme",
        "inicial segundo tercero cuarto quinto sexto septimo octavo noveno decimo undecimo duodecimo "
        "decimotercero decimocuarto decimoquinto decimosexto decimoseptimo decimoctavo decimonoveno "
        "vigesimo",
    )
    | {"first": 1, "premier": 1, "primer": 1, "primero": 1, "tercer": 3, "decimotercer": 13}
    | {
        f"{tens}{unit}": number + units
        for tens, number in _TENS.items()
        for unit, units in _UNITS.items()
    }
)

# A date: in ISO form; in figures; day, month and year; the American order; month and year; a year alone.
_MONTH = any_of(*MONTHS)
_YEAR = r"(?:19|20|21)\d\d"
FIRST = frozenset({"first", "premier", "primero", "uno"})
_DAY = (
    rf"(?:(?P<day>\d{{1,2}}|\b(?:{any_of(*FIRST)})\b)"
    r"(?:st|nd|rd|th|er|re|ro|ero|a|\.?o)?\s(?:(?:day\s)?(?:of\s|de\s|d'))?(?:mes\sde\s)?)?"
)
DATE = re.compile(
    rf"(?<![\d/.-])(?:(?P<iso>{_YEAR}-\d\d(?:-\d\d)?)"
    rf"|(?P<day_in_figures>\d{{1,2}})\.\s?(?P<month_in_figures>\d{{1,2}})\.\s?(?P<year_in_figures>{_YEAR})"
    rf"|{_DAY}\b(?P<month>{_MONTH})\b\.?,?\s(?:del?\s)?(?:ano\s)?(?P<year>{_YEAR})"
    rf"|\b(?P<month_first>{_MONTH})\b\.?\s(?P<day_after>\d{{1,2}})(?:st|nd|rd|th)?,?\s"
    rf"(?P<year_after>{_YEAR})"
    rf"|(?<!agenda\s)(?<!horizon\s)(?P<year_alone>{_YEAR})(?!\sagenda))(?![\d/-])",
)

# Some put the day first, some the month.
STROKES = re.compile(rf"(?<![\d/.-])\d{{1,2}}/\d{{1,2}}/{_YEAR}(?![\d/-])")

# A term: "within five years", "five years after"; and the day from which it counts.
_AFTER = any_of("after|from|following|apres|a compter|a partir|suivant|despues|desde|contados|tras")
TERM = re.compile(
    r"\b(?P<within>(?:within|in|sous|d'ici(?:\sa)?|dans\s(?:un\sdelai\sde|les)"
    r"|dentro\sde(?:l\splazo\sde)?|en\s(?:el|un)\splazo\s(?:maximo\s)?de|en)"
    r"\s(?:(?:a|the\snext|los\sproximos|the)\s)?(?:period\sof\s|term\sof\s)?)?"
    rf"\b(?P<number>{any_of(*NUMBERS)}|\d{{1,2}})\s(?:prochaine?s\s)?"
    r"(?:years?|ans|annees|anos?|(?P<months>months?|mois|mes|meses))\b"
    rf"(?(within)|(?=\s(?:{_AFTER})\b))"
)
FROM_SOMETHING = re.compile(rf"\s(?:{_AFTER}|of|de|d')\b")
_THE = any_of("the|la|le|el|las|los|su|sa|its|de|du|del|des|of|on|date|fecha|which|day|jour")
_FROM = rf"\s(?:{_AFTER}|of|de|d')(?:\s?(?:\b(?:{_THE})\b|l'|d')){{0,6}}\s?\b"
FROM_ADOPTION = re.compile(
    rf"{_FROM}(?:adoption|adopcion|aprobacion|this\sday|today"
    r"|(?:these|present|presentes|estas)\s(?:concluding|observa))"
)
FROM_CONSIDERATION = re.compile(
    rf"{_FROM}(?:consideration|examination|dialogue|examen|dialogo|consideracion)\b"
)

ANNOUNCED = re.compile(
    r"\b(?:will|shall)\s[^.;]{0,60}communicate\s[^.;]{0,60}due\sdate"
    r"|\bdue\sdate\s[^.;]{0,80}will\s[^.;]{0,40}communicated"
    r"|\bcommuniquera\s[^.;]{0,80}\bdate\b|\bdate\b[^.;]{0,80}\bsera\s[^.;]{0,40}communiquee"
    r"|\bcomunicara\s[^.;]{0,80}\bfecha\b|\bfecha\b[^.;]{0,80}\bcomunicara"
)

# "The combined second and third periodic reports", and the order of French and Spanish; "its third"
# alone, where a day follows.
_ORDINAL = rf"(?:\b(?:{any_of(*ORDINALS)})\b|\b\d{{1,2}}(?:st|nd|rd|th|er|re|eme|e|\.?o|\.?er)\b)"
_AND = r"\s?(?:,|-|&|and|et|y|e|to|through|au?|al)\s?(?:(?:the|le|la|el|its|son|su)\s)?"
_ORDINALS = rf"{_ORDINAL}(?:{_AND}{_ORDINAL}){{0,5}}"
_KIND = r"(?:(?:combined|single|consolidated|periodic|periodiques?|periodicos?|combines?|uniques?|combinados?|unicos?)\s)"
_NOUN = r"(?:reports?|rapports?|informes?)\b"
_OWN = any_of("the|its|their|le|les|son|ses|leur|el|los|su|sus")
_BY = any_of(
    "by|before|on or before|no later|not later|due|d'ici|avant|au plus tard|pour le|attendu|a mas tardar"
    "|antes|hasta el|para el|should|be|soit|doit|devrait|sea|se|debe|deberia|is due|are due|falls due"
    "|est du|est attendu|vence"
)
REPORTS_NAMED = re.compile(
    rf"{_ORDINALS}\s{_KIND}{{0,3}}{_NOUN}"
    rf"|\b(?:rapports?|informes?)\s{_KIND}{{0,3}}{_ORDINALS}"
    rf"|\b(?:{_OWN})\s{_ORDINALS}(?=,?\s(?:{_BY})\b)"
    rf"|(?:(?<=\bbe\s)|(?<=\bsera\s)|(?<=\best\s)|(?<=\bes\s))(?:{_OWN})\s{_ORDINALS}(?=,)"
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
# Before the symbol of an older document, in small letters without accents.
PREVIOUS = re.compile(r"\b(?:previous|earlier|last|precedentes?|anteriores|ultimas)\b")
PARAGRAPH = re.compile(
    r"^(?:§\s?|para(?:graph|graphe|\.)?\s|párrafo\s)?(?P<number>\d{1,3})\.\s",
    re.MULTILINE | re.IGNORECASE,
)
FULL_STOP = re.compile(
    r"(?P<end>[.;!?])(?:\s|$)(?=\s*(?:[A-ZÀ-Þ¿¡«“\"(\[]|\d{1,3}\.\s|$))|(?P<line>\n)(?=\d{1,3}\.\s)"
)
