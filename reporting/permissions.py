"""Who may do what: one predicate a question. What a person may not see answers 404.

A person of the secretariat can be bound to treaties, and is a visitor under every other one.
"""

from typing import TypeAlias

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from reporting.models import Contact, Mute, Role, State, StateParty, Treaty, User
from reporting.models.state_party import StatePartyQuerySet

Person: TypeAlias = User | AnonymousUser


def is_secretariat(person: Person) -> bool:
    """Whether the person acts for the secretariat, under some treaty.

    An administrator may do all that it may.
    """
    return isinstance(person, User) and person.role in {Role.SECRETARIAT, Role.ADMINISTRATOR}


def is_secretariat_of(person: Person, treaty: Treaty | int) -> bool:
    """Whether the person acts for the secretariat under that treaty, given by its number too."""
    number = treaty.pk if isinstance(treaty, Treaty) else treaty
    if not isinstance(person, User) or not is_secretariat(person):
        return False
    return not person.bound_to or number in person.bound_to


def is_bound(person: Person) -> bool:
    """Whether the person acts for the secretariat under some treaties alone."""
    return bool(bound_to(person))


def bound_to(person: Person) -> frozenset[int]:
    """Return the numbers of those treaties; none where the person is not bound."""
    return person.bound_to if isinstance(person, User) else frozenset()


def may_see_whole(person: Person) -> bool:
    """Whether the person sees what is of no one treaty: accounts, the audit log, all outgoing mail."""
    return is_secretariat(person) and not is_bound(person)


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


def may_act_for(person: Person, party: StateParty) -> bool:
    """Whether the person may file for that State under that treaty, plan, and see its files."""
    return is_secretariat_of(person, party.treaty_id) or is_ministry_of(person, party.state)


def may_state_record(person: Person, party: StateParty) -> bool:
    """Whether the person may say that what that State has sent under that treaty is on record.

    Whoever files it, and whoever receives it.
    """
    return may_act_for(person, party)


def states_acted_for(person: Person, treaty: Treaty) -> QuerySet[State]:
    """Return the States for which the person may do that: whose filed reports the person sees."""
    if is_secretariat_of(person, treaty):
        return State.objects.all()
    if isinstance(person, User) and person.role == Role.MINISTRY:
        return person.states.all()
    return State.objects.none()


def parties_acted_for(person: Person) -> StatePartyQuerySet:
    """Return the State parties for which the person may do that, under all treaties."""
    parties = StateParty.objects.all()
    if is_secretariat(person):
        return parties.filter(treaty__in=bound_to(person)) if is_bound(person) else parties
    if isinstance(person, User) and person.role == Role.MINISTRY:
        return parties.filter(state__in=person.states.all())
    return parties.none()


def may_keep_contacts_of(person: Person, state: State) -> bool:
    """Whether the person sees and keeps the contacts of that State.

    They are of the State, and so of every treaty that binds it.
    """
    if not is_bound(person):
        return is_secretariat(person) or is_ministry_of(person, state)
    return state.parties.filter(treaty__in=bound_to(person)).exists()


def may_keep_facts_of(person: Person, state: State) -> bool:
    """Whether the person records what is of that State and of no one treaty, and corrects it.

    As with its contacts: its ministry, and whoever acts under one of the treaties that bind it.
    """
    return may_keep_contacts_of(person, state)


def may_prepare_review(person: Person, state: State) -> bool:
    """Whether the person ticks and moves the steps of that State's national report.

    As with those of a report under a treaty: its ministry, and the secretariat that acts under what the
    report is under. That is no treaty, so whoever is bound to some leaves them alone.
    """
    return may_see_whole(person) or is_ministry_of(person, state)


def may_keep_contact(person: Person, contact: Contact) -> bool:
    """Whether the person may change this contact: of a State, or of the secretariat.

    Whoever is bound to treaties: one of the secretariat only who is told of no other treaty.
    """
    if contact.state is not None:
        return may_keep_contacts_of(person, contact.state)
    if not is_bound(person):
        return is_secretariat(person)
    told = {each.pk for each in contact.treaties.all()} if contact.pk else set(bound_to(person))
    return bool(told) and told <= bound_to(person)


def may_record(person: Person, treaty: Treaty | int) -> bool:
    """Whether the person may record what that Committee does, and confirm or return reports to it."""
    return is_secretariat_of(person, treaty)


def may_mute(person: Person, mute: Mute) -> bool:
    """Whether the person may hold these alerts back, or end that.

    A ministry only those to its own contacts: the secretariat is told of an obligation and of a State.
    Those about a State are under every treaty, so whoever is bound to some leaves them alone.
    """
    if mute.contact:
        return may_keep_contact(person, mute.contact)
    if mute.state_party:
        return is_secretariat_of(person, mute.state_party.treaty_id)
    return may_see_whole(person)


def may_see_all_reminders(person: Person) -> bool:
    """Whether the person sees what everybody is told, and sends again what failed.

    Whoever is bound to treaties: what is told under these (``Reminder.objects.seen_by``).
    """
    return is_secretariat(person)


def may_alert(person: Person, party: StateParty) -> bool:
    """Whether the person may let an alert go out now, about what a State owes under a treaty."""
    return is_secretariat_of(person, party.treaty_id)


def may_set_offsets(person: Person) -> bool:
    """Whether the person may change the days on which alerts go out."""
    return isinstance(person, User) and person.role == Role.ADMINISTRATOR


def may_watch(person: Person) -> bool:
    """Whether the person sees how the application does: versions, queue, storage, signs of life."""
    return isinstance(person, User) and person.role == Role.ADMINISTRATOR


def may_manage_sessions(person: Person, treaty: Treaty | int) -> bool:
    """Whether the person may change the sessions of that Committee, and what is planned for them."""
    return is_secretariat_of(person, treaty)


def may_invite(person: Person, role: str) -> bool:
    """Whether the person may invite somebody to that role; only administrators make their like.

    A ministry sees its State under every treaty: whoever is bound to some invites nobody.
    """
    if not isinstance(person, User):
        return False
    if role == Role.ADMINISTRATOR:
        return person.role == Role.ADMINISTRATOR
    return may_see_whole(person)


def may_manage_people(person: Person) -> bool:
    """Whether the person sees who has an account, and invites others."""
    return may_see_whole(person)


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
