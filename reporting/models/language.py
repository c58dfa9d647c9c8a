"""The languages in which reports and their documents are written."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Language(models.TextChoices):
    """The official languages of the United Nations, and any other."""

    ARABIC = "ar", _("Arabic")
    CHINESE = "zh", _("Chinese")
    ENGLISH = "en", _("English")
    FRENCH = "fr", _("French")
    RUSSIAN = "ru", _("Russian")
    SPANISH = "es", _("Spanish")
    OTHER = "other", _("another language")


def language_name(code: str) -> str:
    """Return the language in words; what is no code was written by a person, and stays."""
    return str(dict(Language.choices).get(code, code))
