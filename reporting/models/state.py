"""The States and their names."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from reporting.models.names import name_of_state, search_text
from reporting.models.order import ByName, place_field, places


class RegionalGroup(models.TextChoices):
    """The regional groups of the United Nations."""

    AFRICAN = "african", _("African States")
    ASIA_PACIFIC = "asia-pacific", _("Asia-Pacific States")
    EASTERN_EUROPEAN = "eastern-european", _("Eastern European States")
    LATIN_AMERICAN = "latin-american", _("Latin American and Caribbean States")
    WESTERN = "western", _("Western European and other States")


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
    place_en = models.PositiveSmallIntegerField(editable=False, default=0, db_default=0)
    place_fr = models.PositiveSmallIntegerField(editable=False, default=0, db_default=0)
    place_es = models.PositiveSmallIntegerField(editable=False, default=0, db_default=0)
    place_ar = models.PositiveSmallIntegerField(editable=False, default=0, db_default=0)
    place_ru = models.PositiveSmallIntegerField(editable=False, default=0, db_default=0)
    place_zh_hans = models.PositiveSmallIntegerField(editable=False, default=0, db_default=0)
    place_id = models.PositiveSmallIntegerField(editable=False, default=0, db_default=0)

    objects: ClassVar[models.Manager["State"]] = models.Manager()

    class Meta:
        verbose_name = _("State")
        verbose_name_plural = _("States")
        ordering = [ByName(), "name"]

    def __str__(self) -> str:
        return self.local_name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep what searches look in, and where the name stands in each language."""
        self.search_text = search_text(iso3=self.iso3, m49=self.m49, name=self.name)
        for field, place in places(self.iso3, self.name).items():
            setattr(self, field, place)
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

    @property
    def place(self) -> tuple[int, str]:
        """By what States are sorted, in the order of the reader's language."""
        return getattr(self, place_field()), self.name
