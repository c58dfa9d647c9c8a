"""The pages for repair: accounts and facts can be mended here, what is derived is shown."""

from datetime import date
from typing import Any, cast

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from allauth.usersessions.models import UserSession
from axes.models import AccessFailureLog, AccessLog
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from simple_history.admin import SimpleHistoryAdmin

from reporting import permissions
from reporting.models import (
    AlertOffsets,
    CommitteeDecision,
    Heartbeat,
    Message,
    Mute,
    Obligation,
    RefreshRun,
    Reminder,
    Review,
    State,
    StateParty,
    Submission,
    Treaty,
    User,
)
from reporting.models.obligation import ObligationQuerySet
from reporting.services.audit import What, note
from reporting.views.lockout import address
from reporting.views.repair_fact import ThroughServices

admin.site.unregister(Authenticator)
# Rights go with the role.
admin.site.unregister(Group)
# Nothing here makes rows of these: a provider is named by settings, and its tokens are not kept.
_UNUSED = (AccessFailureLog, AccessLog, EmailAddress, SocialAccount, SocialApp, SocialToken)
for model in (*_UNUSED, UserSession):
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
    """Accounts by e-mail address; what one may do is changed on its own page, with its history.

    Accounts come by invitation and go by being switched off: what a person filed keeps its name.
    """

    ordering = ("email",)
    list_display = ("email", "name", "role", "is_active")
    list_filter = ("role", "is_active")
    search_fields = ("email", "name")
    filter_horizontal = ()
    readonly_fields = (
        "role",
        "states",
        "treaties",
        "is_active",
        "is_staff",
        "is_superuser",
        "last_login",
    )

    def has_add_permission(self, _request: HttpRequest) -> bool:
        """Nobody adds one here."""
        return False

    def has_delete_permission(self, _request: HttpRequest, _obj: Model | None = None) -> bool:
        """Nobody deletes one."""
        return False

    def log_change(self, request: HttpRequest, obj: User, message: Any) -> LogEntry:
        """Note it in the audit log, too: which fields, not what they hold."""
        parts = message if isinstance(message, list) else [{"changed": {"fields": ["password"]}}]
        fields = {name for part in parts for name in part.get("changed", {}).get("fields", [])}
        self._note(request, obj, ", ".join(sorted(map(str, fields))))
        return super().log_change(request, obj, message)

    def _note(self, request: HttpRequest, account: User, about: str) -> None:
        note(
            what=What.REPAIRED,
            at=timezone.now(),
            by=cast("User", request.user),
            account=account,
            about=about,
            address=address(request),
        )

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Lead to where the rights are changed."""
        return (
            (None, {"fields": ("email", "password", "name")}),
            (_("Rights"), {"fields": self.readonly_fields, "description": _way(request, obj)}),
        )


def _way(request: HttpRequest, account: User | None) -> str:
    if account is None or not permissions.may_change_account(request.user, account):
        return gettext("Somebody else changes what your own account may do.")
    text = gettext("Change the role, the States, the treaties and the sign-in of this account")
    return format_html('<a href="{}">{}</a>', reverse("reporting:account", args=[account.pk]), text)


@admin.register(Authenticator)
class SecondFactorAdmin(admin.ModelAdmin[Authenticator]):
    """Second factors: removed for whoever has lost the telephone; their secrets are not shown."""

    list_display = ("user", "type", "created_at", "last_used_at")
    search_fields = ("user__email",)
    exclude = ("data",)
    actions = None

    def delete_model(self, request: HttpRequest, obj: Authenticator) -> None:
        """Remove it, and note that."""
        note(
            what=What.FACTOR_REMOVED,
            at=timezone.now(),
            by=cast("User", request.user),
            account=obj.user,
            about=str(obj.type),
            address=address(request),
        )
        super().delete_model(request, obj)

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

    readonly_fields = ("state", "treaty", "recorded_on", "on_record_as_at")

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


@admin.register(Reminder)
class ReminderAdmin(ReadOnly, admin.ModelAdmin[Reminder]):
    """The ledger of what is written to people."""

    list_display = (
        "planned_for",
        "occasion",
        "state_party",
        "obligation_key",
        "days_before",
        "contact",
        "person",
        "state",
        "reason",
        "state_since",
    )
    list_display_links = ("planned_for", "occasion")
    list_filter = ("state", "reason", "occasion")
    list_select_related = ("contact", "person", "state_party__state", "state_party__treaty")
    search_fields = (
        "contact__email",
        "contact__name",
        "person__email",
        "state_party__state__search_text",
        "obligation_key",
    )
    ordering = ("-planned_for", "-pk")


@admin.register(Message)
class MessageAdmin(ReadOnly, admin.ModelAdmin[Message]):
    """The mails."""

    list_display = ("made_at", "to", "subject", "acknowledged_at")
    list_display_links = ("made_at", "to")
    search_fields = ("id", "to", "subject")


@admin.register(Mute)
class MuteAdmin(ReadOnly, admin.ModelAdmin[Mute]):
    """What holds alerts back."""

    list_display = ("__str__", "starts_on", "until", "ended_on", "because", "by")
    list_select_related = ("contact", "state", "by")


@admin.register(AlertOffsets)
class AlertOffsetsAdmin(ReadOnly, admin.ModelAdmin[AlertOffsets]):
    """The days of the alerts, where they are not those of the house."""

    list_display = ("kind", "before", "after", "every", "until", "later")


@admin.register(RefreshRun)
class RefreshRunAdmin(ReadOnly, admin.ModelAdmin[RefreshRun]):
    """The refreshes of all timetables."""

    list_display = ("as_at", "parties", "started_at", "ended_at", "overtaken")


@admin.register(Heartbeat)
class HeartbeatAdmin(ReadOnly, admin.ModelAdmin[Heartbeat]):
    """When worker and beat were last seen."""

    list_display = ("process", "seen_at")
