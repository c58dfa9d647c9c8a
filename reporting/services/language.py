"""The language of a person's pages and mails."""

from django.db import transaction

from reporting.models import User


@transaction.atomic
def set_language(*, user: User, language: str) -> User:
    """Keep the language for every browser; empty is what each browser asks for.

    Raise ValidationError for one that there is not.
    """
    kept = User.objects.select_for_update().get(pk=user.pk)
    kept.language = language
    kept.full_clean(exclude=["password"])
    kept.save(update_fields=["language"])
    return kept
