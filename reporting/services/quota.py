"""How much room documents may take: of one State, and of all together."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from reporting.models import State, User
from reporting.queries.storage import taken_by, taken_by_all


def refuse_beyond_quota(*, state: State, by: User, size: int) -> None:
    """Raise ValidationError where a file of this size finds no room any more.

    What waits to be filed counts for the State of whoever uploaded it. Of two files at the same moment
    for one State the second waits for the first; of two States both may take the last room of all.
    """
    most = settings.STATE_QUOTA_BYTES
    if most and taken_by(state=state, by=by) + size > most:
        sentence = _(
            "There is no room for this file: the documents of %(state)s may take %(most)s. Remove what "
            "is not needed, make the file smaller, or ask the secretariat."
        )
        places = {"state": state.local_name, "most": filesizeformat(most)}
        raise ValidationError(sentence, code="quota", params=places)
    most = settings.STORAGE_QUOTA_BYTES
    if most and taken_by_all() + size > most:
        sentence = _(
            "There is no room for this file: all documents together may take %(most)s. Tell the "
            "administrator."
        )
        raise ValidationError(sentence, code="quota", params={"most": filesizeformat(most)})
