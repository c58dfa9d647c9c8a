"""The words that say of what the dates of a sentence speak: what is asked for, and what has been.

For text in small letters without accents; written as ``vocabulary.words`` takes them.
"""

import re
from enum import StrEnum, auto

from reporting.rules.cue_words import MUST, SUBMITTED
from reporting.rules.vocabulary import words


class Mark(StrEnum):
    """What stands in a sentence besides dates and numbered reports."""

    NOTHING = auto()  # read over
    AGAIN = auto()  # "should be submitted": of what was named before
    OTHER = auto()  # something else that is asked for
    DATE = auto()  # the due date, as words
    REPORT = auto()
    ASKED = auto()  # the Committee asks, decides or invites
    NOTED = auto()  # the Committee notes, regrets or welcomes
    WAS = auto()  # ", which was due on": the next date has been
    PAST = auto()  # what was due
    SUBMIT = auto()
    ASIDE = auto()  # "including": what follows is not what is asked for
    DONE = auto()  # other deeds than submitting: ratifying, adopting, publishing
    BORDER = auto()  # something else begins
    ARTICLE = auto()  # under which the Committee on Enforced Disappearances asks for its reports
    PARTY = auto()  # the State party or the Committee does something


_PARTY = words("the (state party|committee)|l'etat partie|le comite|el (estado parte|comite)")
_AFTER_AND = words(
    "(also )?(to |a que |que |a |de |d')?(y )?(include|incorporate|reflect|inclure|faire|incluya|incluir)",
    "includes|including|its|the|their|all|an?|other|members|political|cultural|social|by|no|not|due|in",
    "on|at|is|are|should|shall|will|updated|detailed|additional|specific|relevant",
    "son|ses|sa|le|la|les|leurs?|des|du|une?|d'autres|membres|culturels|politiques|sociaux|au|avant",
    "actualisees|detaillees|completes|doit|devra|y compris",
    "sus?|el|los|las|una|del|miembros|sociales|culturales|politicos|familiares|antes|debe|debera",
    "actualizada|detallada|completa|a mas|au plus|d'ici|en todo|en tout",
)
# The first that fits is taken.
_MARKS = {
    Mark.NOTHING: words(
        "(of|by|to|from|with|for|reach) the (state party|committee)|(de|par|a) l'etat partie",
        "(du|au|par le) comite|(del|al|por el) (estado parte|comite)",
        "(migrant workers|travailleurs migrants|trabajadores migratorios) (and|et des|y de)",
        "(par|en|sans) rapport|reporting|rapporteurs?|(present|previous|last|said|earlier) reports?",
        "(present|precedent|dernier) rapport|rapport (precedent|anterieur)",
        "(presente|anterior|ultimo) informe|informe anterior",
    ),
    Mark.AGAIN: words(
        "its submission|sa (presentation|soumission)|su presentacion",
        f"(be|etre|ser|soit|soient|sea|sean) ({SUBMITTED})|(presentar|remitir|entregar)se",
        f"(?<=, )(which|that|que) ({_PARTY}) (\\w+ ){{0,2}}(submit|(presente|soumett)ra|soumettre)",
        "(est|sont) a (soumettre|presenter)|submit (it|them)|les? (soumettre|presenter)|(presentar|remitir)l[oa]s?",
        f"(?<=, )que ({_PARTY}) (\\w+ ){{0,2}}(presenter|presentara?)",
    ),
    Mark.OTHER: words(
        "(interim|follow-? ?up|mid-?term|progress|supplementary|shadow|alternative|parallel|annual"
        "|special|exceptional|additional) (\\w+ )?reports?",
        "(to|will|should|shall|and) report|reports? (on|about|concerning|thereon|to the other)|national report",
        "rapport a (ce sujet|cet egard)|informe al respecto",
        "rapports?(?! periodique) (\\w+ ){0,2}(interimaires?|d'etape|d'activite|a mi-parcours|de suivi"
        "|complementaires?|special|speciaux|additionnels?|provisoires?|intermediaires?|annuels?"
        "|paralleles?|sur|concernant)",
        "informes?(?! periodico) (\\w+ ){0,2}(intermedios?|provisional|provisionales|de seguimiento"
        "|de mitad de periodo|complementarios?|especial|especiales|adicional|adicionales|parcial"
        "|parciales|anual|anuales|alternativos?|paralelos?|sobre)|que (\\w+ )?informe (al|a|de)",
        "information|renseignements|informations|informacion|repl(y|ies)|responses?|comments",
        "reponses?|respuestas?|core document|document de base|documento basico|list of issues",
        "liste de points|lista de cuestiones|((action|national) )?plan|strategy|strategie|estrategia",
    ),
    Mark.DATE: words(
        "due date( for (its )?submission)?|deadline|date limite|date d'echeance|echeance",
        "date (for|of) (the )?submission|the date(?= (has been|is) set)",
        "la date(?= (a ete|est|sera) fixee)|la fecha(?= (ha sido|ha quedado|esta|se ha) fij)",
        "date de (presentation|soumission)|fecha (limite|tope)|fecha de (presentacion|entrega)|plazo",
    ),
    Mark.REPORT: words(
        "((next|subsequent) )?(periodic )?reports?",
        "(prochains? )?rapports?( periodiques?)?( suivants?)?",
        "((proximos?|siguientes?) )?informes?( periodicos?)?",
    ),
    Mark.ASKED: words(
        "requests?|asks?|invites|urges|recommends|calls upon|encourages|reminds|reiterates",
        "prie|invite|demande|recommande|engage|encourage|exhorte|rappelle",
        "solicita|pide|invita|recomienda|insta|exhorta|alienta|recuerda",
        f"({_PARTY}) ({MUST}|is (requested|invited)|est (prie|invite))",
    ),
    Mark.NOTED: words(
        "notes|noting|(takes|taking) note|regrets|regretting|welcomes|welcoming|appreciates|deplores|commends|thanks|having",
        "note|regrette|accueille|prend (note|acte)|deplore|salue|ayant",
        "lamenta|toma nota|observa|acoge|celebra|agradece|habiendo",
    ),
    Mark.WAS: words(
        "(?<=, )(which|qui|que) (was|were|had been|etait|etaient|aurait|devait|debia|tenia|deberia haber)",
        "(?<=, )(originally|initially|initialement|inicialmente)|since|depuis|desde",
    ),
    Mark.PAST: words(
        "delegation|stated|announced|indicated|assured|informed|a (indique|annonce)|delegacion|anuncio",
        "indico|ha (indicado|anunciado)|(was|were)(?! (set|fixed))|had been|should have|did not|has not|failed to|originally",
        "initially|previously|formerly|overdue (on|by)|n'(a|avait) pas|etait|etaient|aurait|auraient",
        "devait|devaient|avait|avaient|initialement|no (ha|presento)|submitted(?= (its|the)\\b)|a (soumis|presente)|presento|debian?|debio|debieron",
        "tenian?|deberian? haber|haberse|habian?|estaban?|inicialmente|originalmente",
    ),
    Mark.SUBMIT: words(
        "submit|submits|submitting|provide|send|transmit|forward|furnish|file",
        "present(?=,| (its|their|the|a|to|by|in)\\b)|(has|have) (set|fixed)|sets|set(?= \\d)",
        "soumett(re|e|ra)|presentera?|adresse(?= (son|ses|le|au)\\b)|adresser|transmett(re|e)",
        "communique(?= (son|ses|des|au)\\b)|communiquer|fournir|fournisse|remett(re|e)|faire parvenir",
        "envoyer|deposer|a fixe|(?<!est )(?<!ete )(?<!sera )fixe(?= (au|la|le)\\b)",
        "presente(?=,? (cuanto|lo|sus?|el|los|una?|a mas|antes|al|son|ses|un|les?)\\b)|presentara?|presenten",
        "remitir|remita|enviar|envie|transmitir|transmita|proporcionar|proporcione|facilitar|facilite",
        "someter|someta|entregar|entregue|suministrar|suministre|ha fijado|fija",
    ),
    Mark.ASIDE: words(
        "include|includes|including|contain|contains|containing|with|therein|in (reply|response) to",
        "in accordance|in line|in compliance|on the basis|taking into account|bearing in mind|pursuant",
        "based on|in addition to|further to|under|covering",
        "y compris|comprenant|contenant|avec|en reponse|en application|conformement|compte tenu",
        "en tenant compte|sur la base|inclure|faire figurer|en vertu|outre",
        "incluya|incluir|incluid[oa]|incluyendo|contenga|con|en respuesta|de conformidad",
        "teniendo en cuenta|sobre la base|junto|en virtud|ademas",
    ),
    Mark.DONE: words(
        "ratify|accede|adopt|implement|withdraw|amend|repeal|abolish|enact|establish|complete|finalize"
        "|publish|disseminate|translate|circulate|discuss|(publica|dissemina|transla)tion",
        "(not )?(be|being) (published|disseminated|translated|circulated|discussed|considered|reviewed"
        "|examined)|not be|(etre|soit|sera) (publie|diffuse|traduit|examine)s?|publier|diffuser|traduire|diffusion|traduction",
        "publicar|difundir|traducir|difunda|publique|(publicad|difundid|traducid|examinad)[oa]s?|difusion"
        "|se examinaran?",
        "ratifier|ratifie|adherer|adopter|abolir|abroger|modifier|retirer|achever|mettre",
        "ratifi(que|car)|adherirse|adopt(e|ar)|apruebe|derog(ue|ar)|modifique|retire|establezca",
    ),
    Mark.BORDER: words(f"(and|et|y|e)(?= \\w)(?! ({_AFTER_AND})\\b)"),
    Mark.ARTICLE: words(
        "article 29,? (\\(4|para(graph|\\.) 4)|paragraph 4 of article 29",
        "article 29,? (par(agraphe|\\.) 4)|paragraphe 4 de l'article 29",
        "articulo 29,? (parr(afo|\\.) 4)|parrafo 4 del articulo 29",
    ),
    Mark.PARTY: _PARTY,
}
MARKS = re.compile(
    "|".join([*(rf"(?P<{mark.name}>\b(?:{each})\b)" for mark, each in _MARKS.items()), ";"])
)

INFORMATION = re.compile(words("information|renseignements|informacion"))
# A report that is named though not numbered.
NAMED = re.compile(
    words("\\b(next|subsequent|periodi\\w+|prochains?|suivants?|proximos?|siguientes?)\\b")
)
# The due date of something that is named behind it.
OF = re.compile(words(" (of|for|de|du|des|del|pour|para)\\b"))
# Before a report that is spoken of, and not asked for.
SPOKEN_OF = re.compile(
    words(
        "\\b(on|about|in|to|with|from|after|since|under|consider(ed|ing)?|review|examine|sur|dans"
        "|a(?= (le|la|les|l'|son|ses|ce|cet|los|las|sus?|este)\\b)|avec|apres|examiner(a|ont)?|examinaran?|sobre|en|con|al|tras|examino|despues de"
        "|(consideration|examination|review|preparation) (of|de|du)"
        "|(examen|consideracion|preparacion) (de|du|des|del))"
        " (the|its|their|that|this|le|la|les|l'|son|ses|ce|cet|el|los|sus?|este|ese)? ?"
        "((combined|next|prochain|proximo) )?$"
    )
)
INDEFINITE = re.compile(words("\\b(an?|une?|otro|another) $"))
# Between two dates of one report, and between two things that each have one.
OR = re.compile(words("[ ,(]*((or|ou|o|i\\.e\\.|that is|soit|es decir)[ ,]*)?"))
AND = re.compile(words("[ ,]*(and|et|y)[ ,]*"))
# Before the first date or the first report of a clause.
OPENING = re.compile(
    words(
        "(\\W|\\d|\\b(the|an?|its|their|combined|le|la|les|une?|son|ses|el|los|sus?|una|accordingly|therefore|consequently|also"
        "|thus|and|et|y|is to|are to|should|shall|must|article|under|en consequence|par consequent"
        "|devra|debera|por consiguiente|por lo tanto)\\b){0,40}"
    )
)
# Between a report and the day on which it is to be submitted.
NEAR = re.compile(
    words(
        "( periodi(que|co)s?)?( (of the state party|de l'etat partie|del estado parte|combined|combinados?|combines))?"
        "(,? (in accordance with|under|pursuant to|conformement|en application|en vertu|as a single"
        "|sous la forme|de conformidad|en virtud|en un (solo|seul))[^;]{0,90}?,)?,? ?"
    )
)
