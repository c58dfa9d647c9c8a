"""What is on record, for other programs: of any length, in any of three formats."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from reporting.exports.columns import documented
from reporting.exports.records import EXPORTS, Question, export_csv, export_json, export_xlsx
from reporting.forms.errors import problems
from reporting.forms.exports import ExportChoiceForm, ExportForm
from reporting.queries.marks import mark_of_record, mark_of_state_facts
from reporting.queries.state_choice import states_to_choose
from reporting.views.as_at import read_as_at
from reporting.views.download import Contents, download, refused
from reporting.views.parameters import misread
from reporting.views.place import URGENCY
from reporting.views.treaty import treaty_shown
from reporting.views.unchanged import answer_of_record

FORMATS: dict[str, Callable[..., Contents]] = {
    "csv": export_csv,
    "xlsx": export_xlsx,
    "json": export_json,
}


@require_safe
def exports(request: HttpRequest) -> HttpResponse:
    """List the files, what they can be narrowed to, and their columns; the filters are kept."""
    as_at, treaty = read_as_at(request), treaty_shown(request)
    form = ExportChoiceForm(request.GET, states=states_to_choose(treaties=[treaty]))
    asked = form.given.copy()
    for name in list(asked):
        if name not in form.fields or name in form.errors or not any(asked.getlist(name)):
            del asked[name]
    kept = [(name, value) for name, values in asked.lists() for value in values]
    for name, value in (("as_at", as_at.parameter), ("treaty", as_at.treaty)):
        if value:
            asked[name] = value
    context = {
        "as_at": as_at,
        "treaty": treaty,
        "form": form,
        "errors": problems(form),
        "chosen": form.chosen,
        "query": asked.urlencode(),
        "kept": kept,
        "exports": [(export, documented(export.columns)) for export in EXPORTS.values()],
        "formats": list(FORMATS),
    }
    return render(request, "export/list.html", context)


def _narrowing(request: HttpRequest) -> str:
    """Return what the address narrows the file to; the language of its words leaves nothing out."""
    asked = request.GET.copy()
    asked.pop("language", None)
    return asked.urlencode()


@require_safe
def export_file(request: HttpRequest, name: str, form: str) -> HttpResponse:
    """Send what is on record as a file; where the address is wrong, a sentence and no file."""
    if name not in EXPORTS or form not in FORMATS:
        raise Http404(_("There is no such file."))
    as_at, narrowed = read_as_at(request), ExportForm(request.GET)
    unread = misread(request, "as_at", *narrowed.fields, several=["status"])
    if unread or as_at.error or not narrowed.is_valid():
        return refused(request, as_at=as_at, errors=[*unread, *problems(narrowed)])
    question = Question(
        as_at=as_at.day,
        treaty=treaty_shown(request),
        filters=narrowed.asked,
        sort=narrowed.cleaned_data["sort"] or URGENCY,
        asked=_narrowing(request),
    )

    export = EXPORTS[name]

    def built() -> HttpResponse:
        contents = FORMATS[form](export, question)
        return download(contents, name=name, as_at=as_at, form=form)

    mark = mark_of_state_facts if export.is_of_states else mark_of_record
    return answer_of_record(request, built, mark=mark)
