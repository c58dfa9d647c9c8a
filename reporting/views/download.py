"""Answers that are files."""

from collections.abc import Iterable, Iterator
from typing import IO

from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, override

from reporting.forms.errors import Problem
from reporting.views.as_at import AsAt

MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
Contents = Iterable[str] | IO[bytes]


def download(contents: Contents, *, name: str, as_at: AsAt, form: str) -> HttpResponse:
    """Return the file, named after what it is and its day; a text is sent as it is written."""
    answer: StreamingHttpResponse
    if hasattr(contents, "read"):
        answer = FileResponse(contents)
    else:
        answer = StreamingHttpResponse(_in_language(contents, get_language() or "en"))
    answer["Content-Type"] = MEDIA_TYPES[form]
    answer["Content-Disposition"] = f'attachment; filename="{name}-{as_at.day}.{form}"'
    return answer  # type: ignore[return-value] # middleware takes both


def _in_language(texts: Iterable[str], language: str) -> Iterator[str]:
    """Write in the language of the request, which may be over when the text is written."""
    remaining = iter(texts)
    while True:
        with override(language):
            text = next(remaining, None)
        if text is None:
            return
        yield text


def refused(
    request: HttpRequest, *, errors: list[Problem], as_at: AsAt | None = None
) -> HttpResponse:
    """Say why there is no file; one that is not what was asked for would be taken for it."""
    sentences = [as_at.fault] if as_at and as_at.fault else []
    sentences += [problem.text for problem in errors]
    return render(request, "export/refused.html", {"sentences": sentences}, status=400)
