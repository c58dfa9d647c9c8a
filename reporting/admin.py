"""The pages for repair: accounts and facts can be mended here, what is derived is shown."""

from datetime import date
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from axes.models import AccessFailureLog, AccessLog
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.admin import SimpleHistoryAdmin

from reporting.models import (
    CommitteeDecision,
    Obligation,
    Review,
    State,
    StateParty,
    Submission,
    Treaty,
    User,
)
from reporting.models.obligation import ObligationQuerySet
from reporting.views.repair_fact import ThroughServices

admin.site.unregister(Authenticator)
# Nothing here makes rows of these: a provider is named by settings, and its tokens are not kept.
for model in (AccessFailureLog, AccessLog, EmailAddress, SocialAccount, SocialApp, SocialToken):
    admin.site.unregister(model)


class ReadOnly:
    """Shows rows and changes none: a fact is changed by a service, which derives the dates again."""

    def has_add_permission(self, _request: HttpRequest) -> bool:
        """Nobody adds."""
        return False

    def has_change_permission(self, _request: HttpRequest, _obj: Model | None = None) -> bool:
        """Nobody changes."""
        return False

    def has_delete_permission(self, _request: HttpRequest, _obj: Model | None = None) -> bool:
        """Nobody deletes."""
        return False


@admin.register(User)
class PeopleAdmin(UserAdmin[User]):
    """Accounts by e-mail address."""

    ordering = ("email",)
    list_display = ("email", "name", "role", "is_active")
    list_filter = ("role", "is_active")
    search_fields = ("email", "name")
    filter_horizontal = ("states",)
    add_form = AdminUserCreationForm
    fieldsets = (
        (None, {"fields": ("email", "password")}),
        (_("Person"), {"fields": ("name", "role", "states")}),
        (_("Access"), {"fields": ("is_active", "is_staff", "is_superuser", "last_login")}),
    )
    readonly_fields = ("last_login",)
    add_fieldsets = (
        (
            None,
            {
                "classes": ("wide",),
                "fields": ("email", "role", "usable_password", "password1", "password2"),
            },
        ),
    )


@admin.register(Authenticator)
class SecondFactorAdmin(admin.ModelAdmin[Authenticator]):
    """Second factors: removed for whoever has lost the telephone; their secrets are not shown."""

    list_display = ("user", "type", "created_at", "last_used_at")
    search_fields = ("user__email",)
    exclude = ("data",)

    def has_add_permission(self, _request: HttpRequest) -> bool:
        """Nobody adds one for somebody else."""
        return False

    def has_change_permission(self, _request: HttpRequest, _obj: Model | None = None) -> bool:
        """Nobody changes one."""
        return False


@admin.register(Treaty)
class TreatyAdmin(ReadOnly, admin.ModelAdmin[Treaty]):
    """The regimes."""

    list_display = ("code", "name", "initial_months", "periodic_months")


@admin.register(State)
class StateAdmin(ReadOnly, admin.ModelAdmin[State]):
    """The States."""

    list_display = ("iso3", "name", "regional_group")
    list_filter = ("regional_group",)
    search_fields = ("search_text",)


class WithHistory(ThroughServices, SimpleHistoryAdmin):  # type: ignore[misc] # it is untyped
    """Shows what a fact was before; nobody goes back to it past the services."""

    def revert_disabled(self, _request: HttpRequest, _obj: Model | None = None) -> bool:
        """Offer no way back past the services."""
        return True

    def history_form_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show an earlier state of the fact."""
        if request.method == "POST":
            raise PermissionDenied
        shown: HttpResponse = super().history_form_view(request, *args, **kwargs)
        return shown


@admin.register(StateParty)
class StatePartyAdmin(WithHistory):
    """The deposits and denunciations; States parties come and go with the fact files."""

    readonly_fields = ("state", "treaty", "recorded_on")

    def has_add_permission(self, _request: HttpRequest) -> bool:
        """Nobody adds one here."""
        return False

    def has_delete_permission(self, _request: HttpRequest, _obj: Model | None = None) -> bool:
        """Nobody deletes one: everything on record about the State would go with it."""
        return False

    list_display = ("state", "treaty", "action", "deposited_on")
    list_select_related = ("state", "treaty")
    search_fields = ("state__search_text",)


class FactAdmin(WithHistory):
    """What a State sent, and what the Committee did; a fact stays with its State party."""

    list_display = ("__str__", "state_party", "first_report", "last_report", "recorded_on")
    list_select_related = ("state_party__state", "state_party__treaty")
    search_fields = ("state_party__state__search_text", "symbol")
    not_changed_here = (
        "recorded_on",
        "status",
        "returned_because",
        "filed_by",
        "filed_at",
        "languages",
    )

    def get_readonly_fields(self, _request: HttpRequest, obj: Model | None = None) -> list[str]:
        """Leave filing, receipt and return to their own pages."""
        there = {field.name for field in self.model._meta.fields}  # noqa: SLF001 - Django's name
        fixed = [name for name in self.not_changed_here if name in there]
        return [*fixed, "state_party"] if obj else fixed


@admin.register(Review)
class ReviewAdmin(FactAdmin):
    """The reviews."""


@admin.register(Submission)
class SubmissionAdmin(FactAdmin):
    """What the States sent."""

    raw_id_fields = ("answers",)


@admin.register(CommitteeDecision)
class DecisionAdmin(FactAdmin):
    """What the Committee decided and asked for."""

    raw_id_fields = ("review",)


@admin.register(Obligation)
class ObligationAdmin(ReadOnly, admin.ModelAdmin[Obligation]):
    """What is derived, as at today."""

    list_display = ("state", "title", "due_on", "basis", "status", "late_by")
    list_select_related = ("state_party__state",)
    list_filter = ("basis", "kind", "closed_as")
    search_fields = ("state_party__state__search_text",)
    list_per_page = 60

    def get_queryset(self, _request: HttpRequest) -> ObligationQuerySet:
        """Show what is open today."""
        return Obligation.objects.all().open(as_at=self._today())

    @admin.display(description=_("State"), ordering="state_party__state__name")
    def state(self, obligation: Obligation) -> str:
        """Return the State."""
        return obligation.state_party.state.local_name

    @admin.display(description=_("status"))
    def status(self, obligation: Obligation) -> str:
        """Return how it stands."""
        return obligation.standing(as_at=self._today()).status

    @admin.display(description=_("days late"), empty_value="")
    def late_by(self, obligation: Obligation) -> int | None:
        """Return the days."""
        return obligation.standing(as_at=self._today()).days

    def _today(self) -> date:
        return timezone.localdate()
