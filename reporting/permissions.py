"""Who may do what: one predicate a question. What a person may not see answers 404."""

from typing import TypeAlias

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from reporting.models import Mute, Role, State, User

Person: TypeAlias = User | AnonymousUser


def is_secretariat(person: Person) -> bool:
    """Whether the person acts for the secretariat; an administrator may do all that it may."""
    return isinstance(person, User) and person.role in {Role.SECRETARIAT, Role.ADMINISTRATOR}


def is_ministry_of(person: Person, state: State) -> bool:
    """Whether the person acts for a ministry of that State."""
    return (
        isinstance(person, User)
        and person.role == Role.MINISTRY
        and person.states.filter(pk=state.pk).exists()
    )


def status_is_public() -> bool:
    """Whether what the UN itself publishes is shown to whoever comes, programs too."""
    return bool(settings.PUBLIC_STATUS_PAGES)


def may_see_status(person: Person) -> bool:
    """Whether the person may see what the UN itself publishes: who owes what, and since when."""
    return status_is_public() or person.is_authenticated


def may_act_for(person: Person, state: State) -> bool:
    """Whether the person may file for that State, plan, and see its files and contacts."""
    return is_secretariat(person) or is_ministry_of(person, state)


def states_acted_for(person: Person) -> QuerySet[State]:
    """Return the States for which the person may do that: whose filed reports the person may see."""
    if is_secretariat(person):
        return State.objects.all()
    if isinstance(person, User) and person.role == Role.MINISTRY:
        return person.states.all()
    return State.objects.none()


def may_record(person: Person) -> bool:
    """Whether the person may record what the Committee does, and confirm or return reports."""
    return is_secretariat(person)


def may_mute(person: Person, mute: Mute) -> bool:
    """Whether the person may hold these alerts back, or end that.

    A ministry only those to its own contacts: the secretariat is told of an obligation and of a State.
    """
    if mute.contact and mute.contact.state:
        return may_act_for(person, mute.contact.state)
    return is_secretariat(person)


def may_see_all_reminders(person: Person) -> bool:
    """Whether the person sees what everybody is told, sends one now, and sends again what failed."""
    return is_secretariat(person)


def may_set_offsets(person: Person) -> bool:
    """Whether the person may change the days on which alerts go out."""
    return isinstance(person, User) and person.role == Role.ADMINISTRATOR


def may_watch(person: Person) -> bool:
    """Whether the person sees how the application does: versions, queue, storage, signs of life."""
    return isinstance(person, User) and person.role == Role.ADMINISTRATOR


def may_manage_secretariat(person: Person) -> bool:
    """Whether the person may change sessions and the contacts of the secretariat."""
    return is_secretariat(person)


def may_invite(person: Person, role: str) -> bool:
    """Whether the person may invite somebody to that role; only administrators make their like."""
    if not isinstance(person, User):
        return False
    if role == Role.ADMINISTRATOR:
        return person.role == Role.ADMINISTRATOR
    return is_secretariat(person)


def may_manage_people(person: Person) -> bool:
    """Whether the person sees who has an account, and invites others."""
    return is_secretariat(person)


def may_change_account(person: Person, account: User) -> bool:
    """Whether the person may change what the account may do: never one's own.

    The secretariat leaves administrators alone, as it may not make them.
    """
    return person.pk != account.pk and may_invite(person, account.role)


def lacks_second_factor(person: Person) -> bool:
    """Whether the person's role needs a second factor that the person has not set up."""
    return (
        isinstance(person, User)
        and person.role in settings.SECOND_FACTOR_FOR
        and not second_factors(person).exists()
    )


def second_factors(person: User) -> QuerySet[Authenticator]:
    """Return what the person can show beside a password; recovery codes alone are none."""
    kinds = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
    found: QuerySet[Authenticator] = Authenticator.objects.filter(user=person, type__in=kinds)
    return found
