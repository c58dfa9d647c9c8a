"""The files of reports."""

from reporting.models import SubmissionDocument


def document_with_state(*, pk: int) -> SubmissionDocument | None:
    """Return a filed document with the State that filed it; drafts are not served."""
    filed = SubmissionDocument.objects.filter(submission__isnull=False)
    return filed.select_related("submission__state_party__state").filter(pk=pk).first()
