"""How much room documents may take: of one State, and of all together."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet, Sum
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from reporting.models import State, SubmissionDocument, User


def refuse_beyond_quota(*, state: State, by: User, size: int) -> None:
    """Raise ValidationError where a file of this size finds no room any more.

    What waits to be filed counts for the State of whoever uploaded it. Of two files at the same moment
    for one State the second waits for the first; of two States both may take the last room of all.
    """
    most = settings.STATE_QUOTA_BYTES
    if most and used(state=state, by=by) + size > most:
        sentence = _(
            "There is no room for this file: the documents of %(state)s may take %(most)s. Remove what "
            "is not needed, make the file smaller, or ask the secretariat."
        )
        places = {"state": state.local_name, "most": filesizeformat(most)}
        raise ValidationError(sentence, code="quota", params=places)
    most = settings.STORAGE_QUOTA_BYTES
    if most and _sum(SubmissionDocument.objects.all()) + size > most:
        sentence = _(
            "There is no room for this file: all documents together may take %(most)s. Tell the "
            "administrator."
        )
        raise ValidationError(sentence, code="quota", params={"most": filesizeformat(most)})


def used(*, state: State, by: User) -> int:
    """Return how many bytes a State's documents take, with what waits to be filed."""
    waiting = Q(submission=None) & (Q(uploaded_by=by) | Q(uploaded_by__states=state))
    filed = Q(submission__state_party__state=state)
    rows = SubmissionDocument.objects.filter(filed | waiting)
    return _sum(SubmissionDocument.objects.filter(pk__in=rows.values("pk")))


def _sum(rows: "QuerySet[SubmissionDocument]") -> int:
    return rows.aggregate(sum=Sum("size"))["sum"] or 0
