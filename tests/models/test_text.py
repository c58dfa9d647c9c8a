"""Signs that turn the direction of writing are taken out of what people type."""

import pytest

from reporting.models import Submission
from reporting.models.text import straight
from tests.factories import SubmissionFactory

pytestmark = pytest.mark.django_db
TURNED = "see annex\u202efdp.exe\u202c\n\u2067second line\u2069"


def test_a_note_is_kept_as_it_reads() -> None:
    submission = SubmissionFactory.create()
    submission.note = TURNED
    submission.changed_by(None, because="mended \u202eylkciuq")
    submission.full_clean()
    submission.save()
    kept = Submission.objects.get(pk=submission.pk)
    assert kept.note == "see annexfdp.exe\nsecond line"
    assert kept.history.latest().history_change_reason == "mended ylkciuq"


@pytest.mark.parametrize("text", ["التقرير الأولي", "ملاحظة\u200f 2", "a\u200db", "两行\n"])
def test_what_scripts_need_stays(text: str) -> None:
    assert straight(text) == text
