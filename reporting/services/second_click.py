"""What a person has just saved, so that a second click on the same button saves nothing more."""

from django.contrib.sessions.backends.base import SessionBase

_SAVED = "saved-preview"


def remember(*, session: SessionBase, mark: str) -> None:
    """Note what is being saved; in its transaction, so that both are there or neither is."""
    session[_SAVED] = mark
    session.save()


def was_saved(*, session: SessionBase, mark: str) -> bool:
    """Return whether that was saved; asks the store, as another request may have done it."""
    store = type(session)(session.session_key)
    return bool(mark) and store.get(_SAVED) == mark
