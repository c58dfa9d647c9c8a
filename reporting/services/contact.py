"""Contacts: who is told, kept by the ministry of a State and by the secretariat."""

from collections.abc import Collection
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from reporting import permissions
from reporting.models import Contact, State, Treaty, User
from reporting.services.errors import ConflictError, Difference, NotAllowedError
from reporting.services.reminder.follow import look_again, stop_telling
from reporting.services.text import is_plain

FIELDS = ("role", "name", "email", "language", "active")


@transaction.atomic
def save_contact(
    *,
    contact: Contact,
    by: User,
    seen: int | None = None,
    as_at: date | None = None,
    treaties: Collection[Treaty] | None = None,
) -> Contact:
    """Save a new or a changed contact; ``seen`` is the version of its history that was changed.

    ``as_at`` is the day from which a new one is told: what passed before was never for it.
    ``treaties`` are those of which a contact of the secretariat is told, none for every one; without
    them they stay as they are.

    Raise NotAllowedError, ValidationError, or ConflictError where somebody was faster.
    """
    if not permissions.may_keep_contact(by, contact):
        raise NotAllowedError
    if treaties is None and not contact.pk and contact.state is None:
        treaties = Treaty.objects.filter(pk__in=by.bound_to)
    if treaties is not None:
        _refuse_treaties(contact, treaties, by)
    if contact.state:  # of two who add one address at once the second is told
        State.objects.select_for_update().get(pk=contact.state.pk)
    if contact.pk:
        _refuse_conflict(contact, seen)
    else:
        contact.added_on = as_at
    contact.email = contact.email.lower()
    _refuse_invisible(contact)
    _take_mended_address(contact)
    contact.full_clean()
    _save(contact, by, treaties)
    return contact


@transaction.atomic
def tell(*, contact: Contact, active: bool, by: User) -> Contact:
    """Let the contact be told from now on, or no longer."""
    kept = Contact.objects.select_for_update(of=("self",)).get(pk=contact.pk)
    if not permissions.may_keep_contact(by, kept):
        raise NotAllowedError
    if kept.active != active:
        kept.active = active
        _save(kept, by)
    return kept


def version(contact: Contact) -> int:
    """Return the version that a form shows, for the service to compare."""
    return contact.version


def _save(contact: Contact, by: User, treaties: Collection[Treaty] | None = None) -> None:
    """Save it, and let the alerts follow: those to come are planned anew, others are cancelled."""
    before = {each.code for each in contact.treaties.all()} if contact.pk else set()
    after = before if treaties is None else {each.code for each in treaties}
    # The history of a row has no room for those of another table.
    said = f"treaties: {' '.join(sorted(after)) or 'all'}" if after != before else ""
    contact.changed_by(by, because=said)
    contact.save()
    if treaties is not None:
        contact.treaties.set(treaties)
    if not contact.is_told:
        stop_telling(contact=contact)
    look_again(state=contact.state)


def _take_mended_address(contact: Contact) -> None:
    """Write again to an address that was refused and has been changed."""
    if contact.pk and contact.refused_at:
        before = Contact.objects.get(pk=contact.pk)
        if before.email != contact.email:
            contact.refused_at, contact.refused_because = None, ""


def _refuse_treaties(contact: Contact, treaties: Collection[Treaty], by: User) -> None:
    """Refuse treaties for a contact of a State, and those beyond which the person does nothing."""
    if contact.state and treaties:
        message = _("A contact of a State is told of all its treaties. Choose none.")
        raise ValidationError({"treaties": message})
    if not permissions.is_bound(by) or contact.state:
        return
    if not treaties or not {each.pk for each in treaties} <= by.bound_to:
        raise ValidationError({"treaties": _("Choose one of your treaties, or several.")})


def _refuse_conflict(contact: Contact, seen: int | None) -> None:
    kept = Contact.objects.select_for_update(of=("self",)).get(pk=contact.pk)
    if kept.state_id != contact.state_id:
        raise NotAllowedError
    if seen is not None and version(kept) != seen:
        raise ConflictError(Difference(*each) for each in kept.differences(contact))


def _refuse_invisible(contact: Contact) -> None:
    """Refuse what could start another line of an e-mail, or show another name than it is."""
    for name in ("name", "email"):
        if not is_plain(getattr(contact, name)):
            message = _("Write this on one line, with visible signs only.")
            raise ValidationError({name: message}, code="invisible")
