"""The contacts of one State."""

from reporting.models import Contact, State


def contacts_of(*, state: State) -> list[Contact]:
    """Return who is told for the State; those who are not told any more come last."""
    return list(state.contacts.order_by("-active", "role", "name", "pk"))


def contact_of(*, state: State, pk: int) -> Contact | None:
    """Return that contact, if it is one of this State."""
    return state.contacts.select_related("state").filter(pk=pk).first()
