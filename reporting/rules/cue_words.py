"""The words directly before or behind a date that make it a day for something.

For text in small letters without accents; written as ``vocabulary.words`` takes them.
"""

import re
from enum import StrEnum, auto

from reporting.rules.vocabulary import words


class Cue(StrEnum):
    """How a date is tied to what it is the date of, the firmest first."""

    OWES = auto()  # "is due on": says by itself that something is owed
    DUE = auto()  # "due on"
    BY = auto()  # "by", "set at"
    IS = auto()  # "is", of a due date
    ON = auto()  # "on", "in": of a report that is to be submitted on that day
    NAMED = auto()  # "... as the due date"

    @property
    def says_itself(self) -> bool:
        """Whether the words need no verb besides."""
        return self in (Cue.OWES, Cue.DUE)

    @property
    def is_firm(self) -> bool:
        """Whether the words tie the date to whatever is asked for."""
        return self.says_itself or self is Cue.BY


_BY = words(
    "(by|on) or before|by|(?<!not )before|until|prior to|(no|not) later than( (on|by))?|not after",
    "at the latest( (by|on|in))?",
    "d'ici( (a|au|le|la))?|(?<!pas )avant( (le|la))?|au plus tard( (le|en|au|a))?|jusqu'(au|a)|pas apres( le)?",
    "pour le",
    "(?<!no )antes( del?)?|a mas tardar( (el|en))?|hasta( el)?|no (despues|mas tarde)( del?)?",
    "para el|como (maximo|muy tarde)( el)?|con anterioridad al",
)
_ON = words(
    "on|in|during",
    "le|la|en|au|au cours de|dans le courant de|courant|pour",
    "el|durante|para",
)
# What may stand between those words and the date: "the date of", "el mes de", "a la fin de".
_FILL = words(
    "(,? (a|al|au|the|le|la|el|en|in|on)\\b)?( (date|fecha|day|dia|jour)( (of|du|del?)\\b)?)?",
    "( (the )?(end|close|fin|final|finales|fines|cierre)\\b)?( (of|de|du|del)\\b)?",
    "( (the )?(month|mois|mes|year|ano|annee)( (of|de|del)\\b)?)?[,:]? (d')?$",
    joined_by="",
)
SUBMITTED = words(
    "submitted|presented|sent|received|filed|provided|transmitted",
    "(soumis|presente|adresse|remis|communique|transmis|depose|recu)e?s?",
    "(presentad|remitid|enviad|recibid|entregad)[oa]s?",
)
MUST = words(
    "should|shall|must|will|is to|are to|has to|have to",
    "doit|doivent|devra|devront|devrait|devraient",
    "debe|deben|debera|deberan|deberia|deberian|ha de|han de|habra de|tiene que|tienen que",
)
_IS = words("is|are|be|falls?|est|sont|sera|seront|soit|soient|es|son|seran?")
_OWED = words("(?<!not )due|(?<!pas )attendue?s?|exigibles?")
_OWES = words(
    f"({_IS}) (\\w+ )?({_OWED})|({_IS}) (du|due|dus|dues) ({_BY}|{_ON})",
    f"({MUST}) (be|etre|ser) ({SUBMITTED})|(sera|seront|seran|soit|soient|sea|sean) ({SUBMITTED})",
    f"({MUST}) (presentar|remitir|entregar|enviar|recibir)se|se (presentara|remitira)n?",
    "vence|vencera|vencen|deadline|date limite|fecha (limite|tope)|echeance",
    "(due( date)?|deadline|echeance|date limite|fecha limite) ?:",
)
# "Covering the period until" is no day for anything.
UNTIL = re.compile(
    words(
        "\\b(period[eo]?\\b|cover|develop|abarc|abarq|couvr|evolution|evolucion).*\\b(until|hasta|jusqu'au?)\\b"
    )
)
_SET = words(
    "(set|fixed|established) (at|for|as|to|on)",
    "(fixee?s?|fixe) (au|pour|a)",
    "(fijad|establecid)[oa]s? (para|en|el)",
)
BEFORE = (
    (Cue.OWES, re.compile(rf"\b(?:{_OWES})(?:\s(?:{_BY}|{_ON}|for))?{_FILL}")),
    (Cue.DUE, re.compile(rf"\b(?:{_OWED})(?:\s(?:{_BY}|{_ON}|for))?{_FILL}")),
    (Cue.BY, re.compile(rf"\b(?:{_BY}|{_SET}){_FILL}")),
    (
        Cue.IS,
        re.compile(
            words("(\\b(is|be|for|at|as|to|est|soit|sera|es|sea|au|pour|para)( (le|el|a))?|:) $")
        ),
    ),
    (Cue.ON, re.compile(rf"\b(?:{_ON}){_FILL}")),
)
AFTER = (
    (
        Cue.BY,
        re.compile(
            words(
                ",? (au plus tard|ou avant|a mas tardar|o antes|como (muy tarde|maximo)|at the latest"
                "|or (earlier|before|sooner))\\b(?!,? (\\d|el|le|la|en|au|a|on|by|in|the)\\b)"
            )
        ),
    ),
    (
        Cue.NAMED,
        re.compile(
            words(
                ",? (as (the|its|a)|comme|como)( (new|nouvelle|nueva))?"
                " (due date|deadline|date|echeance|fecha|plazo)\\b"
            )
        ),
    ),
)
