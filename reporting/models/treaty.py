"""The treaties under which States report."""

from typing import ClassVar
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from reporting.models.sentences import translated
from reporting.rules.entry_into_force import parse_rule
from reporting.rules.errors import RulesError
from reporting.rules.regimes import DEFAULT, Regime

# The names as their authentic texts, and the documents of the treaty bodies, have them.
_NAMES = (
    gettext_noop(
        "International Convention on the Protection of the Rights of All Migrant Workers and Members of Their Families"
    ),
    gettext_noop(
        "International Convention on the Elimination of All Forms of Racial Discrimination"
    ),
    gettext_noop("International Covenant on Civil and Political Rights"),
    gettext_noop("International Covenant on Economic, Social and Cultural Rights"),
    gettext_noop("Convention on the Elimination of All Forms of Discrimination against Women"),
    gettext_noop(
        "Convention against Torture and Other Cruel, Inhuman or Degrading Treatment or Punishment"
    ),
    gettext_noop("Convention on the Rights of the Child"),
    gettext_noop(
        "Optional Protocol to the Convention on the Rights of the Child on the involvement of children in armed conflict"
    ),
    gettext_noop(
        "Optional Protocol to the Convention on the Rights of the Child on the sale of children, child prostitution and child pornography"
    ),
    gettext_noop("Convention on the Rights of Persons with Disabilities"),
    gettext_noop(
        "International Convention for the Protection of All Persons from Enforced Disappearance"
    ),
)


class Treaty(models.Model):
    """A reporting regime: when it binds a State and how often that State reports."""

    code = models.CharField(_("code"), max_length=10, unique=True)
    name = models.TextField(_("name"))
    in_force_on = models.DateField(_("in force on"))
    entry_into_force_rule = models.CharField(_("rule of entry into force"), max_length=200)
    entry_into_force_article = models.CharField(_("article on entry into force"), max_length=20)
    initial_article = models.CharField(_("article on the initial report"), max_length=20)
    periodic_article = models.CharField(_("article on periodic reports"), max_length=20)
    initial_months = models.PositiveSmallIntegerField(_("months to the initial report"))
    periodic_months = models.PositiveSmallIntegerField(
        _("months between periodic reports"), null=True, blank=True
    )
    follow_up_months = models.PositiveSmallIntegerField(
        _("months to the follow-up"), null=True, blank=True
    )
    folded_into = models.CharField(
        _("treaty into whose reports its own fold"), max_length=10, blank=True, db_default=""
    )
    data_as_at = models.DateField(
        _("day for which its States parties are true"), null=True, blank=True
    )
    # Where only States parties are loaded, nobody knows what came, and nobody is alerted.
    reports_on_record = models.BooleanField(
        _("what its States parties have sent is on record"), default=True, db_default=True
    )
    cycle_note = models.TextField(_("on the cycle"), blank=True)
    confidence = models.TextField(_("how sure this is"), blank=True)

    objects: ClassVar[models.Manager["Treaty"]] = models.Manager()

    class Meta:
        verbose_name = _("treaty")
        verbose_name_plural = _("treaties")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.code

    @property
    def local_name(self) -> str:
        """The name in the reader's language, where the United Nations has given it one."""
        return gettext(self.name) if self.name else ""

    @property
    def query(self) -> str:
        """The query string that leads to a page under the treaty; the usual one needs none."""
        return "" if self.code == DEFAULT else f"?{urlencode({'treaty': self.code})}"

    @property
    def report_article(self) -> str:
        """The article on reports, without the paragraph on the initial one."""
        return self.initial_article.partition("(")[0]

    def clean(self) -> None:
        """Refuse rules that the date engine cannot follow, at the field that they are about."""
        try:
            parse_rule(self.entry_into_force_rule, article=self.entry_into_force_article)
        except RulesError as error:
            raise ValidationError({"entry_into_force_rule": translated(error)}) from error
        try:
            self.regime()
        except RulesError as error:
            raise ValidationError(translated(error)) from error

    def regime(self) -> Regime:
        """Return the rules as the date engine wants them."""
        return Regime(
            code=self.code,
            in_force_on=self.in_force_on,
            entry_into_force=parse_rule(
                self.entry_into_force_rule, article=self.entry_into_force_article
            ),
            initial_months=self.initial_months,
            periodic_months=self.periodic_months,
            initial_article=self.initial_article,
            periodic_article=self.periodic_article,
            follow_up_months=self.follow_up_months,
            folded_into=self.folded_into,
        )
