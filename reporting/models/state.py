"""The States and their names."""

import re
import unicodedata
from functools import lru_cache
from typing import Any, ClassVar

from babel import Locale
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _
from django_countries import countries

# What stands between the names and codes in which searches look; no name contains it.
BETWEEN = "|"
_LANGUAGES = ("en", "fr", "es", "ar", "ru", "zh-hans")


class RegionalGroup(models.TextChoices):
    """The regional groups of the United Nations."""

    AFRICAN = "african", _("African States")
    ASIA_PACIFIC = "asia-pacific", _("Asia-Pacific States")
    EASTERN_EUROPEAN = "eastern-european", _("Eastern European States")
    LATIN_AMERICAN = "latin-american", _("Latin American and Caribbean States")
    WESTERN = "western", _("Western European and other States")


def searchable(text: str) -> str:
    """Return the text without accents, capitals and punctuation, as names are searched.

    A text of nothing else stays, so that it finds nothing instead of everything.

    >>> searchable("Côte d'Ivoire"), searchable("Guinea-Bissau"), searchable("Египет"), searchable("?!")
    ('cote d ivoire', 'guinea bissau', 'египет', '?!')
    """
    decomposed = unicodedata.normalize("NFKD", text)
    plain = "".join(sign for sign in decomposed if not unicodedata.combining(sign)).casefold()
    return re.sub(r"[\W_]+", " ", plain).strip() or plain


@lru_cache(maxsize=512)
def names_of(iso3: str) -> dict[str, str]:
    """Return the names of a State by language: those of the UN, and Indonesian as Unicode has it.

    For searching only: Unicode's names are not always those that the UN uses.
    """
    alpha2 = countries.alpha2(iso3)
    names = {}
    for language in _LANGUAGES:
        with override(language):
            names[language] = str(countries.name(alpha2))
    indonesian = Locale("id").territories.get(alpha2, "")
    return {language: name for language, name in {**names, "id": indonesian}.items() if name}


def search_text(*, iso3: str, m49: str, name: str) -> str:
    """Return what searches look in: the codes, and the names in every language that is known.

    >>> search_text(iso3="FJI", m49="242", name="Fiji")
    '|fiji|fji|fj|242|fidji|fiyi|فيجي|фиджи|斐济|'
    """
    alpha2 = countries.alpha2(iso3)
    found = (
        name,
        iso3,
        alpha2,
        m49,
        *names_of(iso3).values(),
        *countries.OLD_NAMES.get(alpha2, ()),
    )
    folded = dict.fromkeys(searchable(str(each)) for each in found if each)
    return f"{BETWEEN}{BETWEEN.join(folded)}{BETWEEN}"


def name_of_state(iso3: str, name: str) -> str:
    """Return the name in the reader's language as the UN writes it; ``name`` where it is not known."""
    if (get_language() or "en").startswith("en"):
        return name
    return str(countries.name(countries.alpha2(iso3)) or name)


class State(models.Model):
    """A State, by its ISO 3166 code."""

    iso3 = models.CharField(
        _("ISO code"),
        max_length=3,
        unique=True,
        validators=[RegexValidator(r"^[A-Z]{3}$", _("Three capital letters, as in IDN."))],
    )
    m49 = models.CharField(_("M49 code"), max_length=3, blank=True)
    name = models.CharField(_("name"), max_length=200)
    regional_group = models.CharField(
        _("regional group"), max_length=20, choices=RegionalGroup.choices, blank=True
    )

    source = models.TextField(_("source"), blank=True)
    search_text = models.TextField(editable=False, default="")

    objects: ClassVar[models.Manager["State"]] = models.Manager()

    class Meta:
        verbose_name = _("State")
        verbose_name_plural = _("States")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.local_name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep what searches look in."""
        self.search_text = search_text(iso3=self.iso3, m49=self.m49, name=self.name)
        super().save(*args, **kwargs)

    def clean(self) -> None:
        """Refuse a code that names no State."""
        if not countries.alpha2(self.iso3):
            message = _("“%(code)s” is no code of ISO 3166.")
            raise ValidationError({"iso3": ValidationError(message, params={"code": self.iso3})})

    @property
    def local_name(self) -> str:
        """The name in the reader's language as the UN writes it; English where it is not known."""
        return name_of_state(self.iso3, self.name)
