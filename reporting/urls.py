"""Addresses of the reporting application."""

from django.urls import URLPattern, path

from reporting.views.accessibility import accessibility
from reporting.views.account_change import account
from reporting.views.alerts import acknowledge, preferences, unsubscribe
from reporting.views.api_document import api_document
from reporting.views.api_tokens import api_token_end, api_tokens
from reporting.views.audit import audit, audit_file
from reporting.views.calendar import calendar, private_calendar, state_calendar
from reporting.views.calendar_link import calendar_link
from reporting.views.changes import changes, changes_feed
from reporting.views.compare import compare, compare_file
from reporting.views.compliance import compliance
from reporting.views.contact import contact as state_contact
from reporting.views.contact import contact_new as state_contact_new
from reporting.views.contact import contact_tell
from reporting.views.contact import contacts as state_contacts
from reporting.views.dashboard import dashboard
from reporting.views.decision import decision, decision_new, withdraw
from reporting.views.depositary import import_deposits_page
from reporting.views.directory import contact, contact_new, contacts
from reporting.views.document import document
from reporting.views.export import export_file, exports
from reporting.views.fact import history, submission_correct, take_off
from reporting.views.forecast import forecast
from reporting.views.health import healthz, livez, readyz
from reporting.views.inbox import inbox_list, inbox_page, receipt
from reporting.views.invitation import (
    invitation,
    invitation_new,
    invitation_withdraw,
    people,
)
from reporting.views.language import account_language
from reporting.views.listing import import_page, import_template
from reporting.views.metrics import metrics
from reporting.views.ministry import (
    milestone,
    milestone_tick,
    my,
    review_milestone,
    review_milestone_tick,
)
from reporting.views.mute import mute_end, mute_new, mutes
from reporting.views.offsets import offsets, offsets_list
from reporting.views.on_record import on_record
from reporting.views.operation import operation
from reporting.views.outbox import letter, letter_attachment, letter_html, outbox
from reporting.views.overview import history as history_of_pictures
from reporting.views.overview import overview
from reporting.views.person import person, person_erase, person_file
from reporting.views.planner import assign_item, planner, preparation
from reporting.views.reminder import reminder, reminder_calendar, reminder_html, reminders
from reporting.views.reminder_action import (
    reminder_retry,
    reminder_send,
    reminder_test,
    reminders_retry,
)
from reporting.views.review import review, review_new
from reporting.views.search import search
from reporting.views.session import keep, session, session_list, session_new
from reporting.views.signed_in import own_sessions
from reporting.views.state import state, states
from reporting.views.state_fact import state_fact, state_fact_new, state_fact_take_off
from reporting.views.submission import submission, submission_new
from reporting.views.table import table, table_file, tables
from reporting.views.timeline import timeline
from reporting.views.webhooks import (
    webhook_again,
    webhook_change,
    webhook_deliveries,
    webhook_kinds,
    webhooks,
)
from reporting.views.worklist import worklist, worklist_date

app_name = "reporting"
urlpatterns: list[URLPattern] = [
    path("", dashboard, name="dashboard"),
    path("overview/", overview, name="overview"),
    path("overview/history.json", history_of_pictures, name="overview-history"),
    path("timeline/", timeline, name="timeline"),
    path("compliance/", compliance, name="compliance"),
    path("compare/", compare, name="compare"),
    path("compare.<slug:form>", compare_file, name="compare-file"),
    path("states/", states, name="states"),
    path("states/<slug:iso3>/", state, name="state"),
    path("states/<slug:iso3>/submissions/new/", submission_new, name="submission-new"),
    path("states/<slug:iso3>/submissions/<int:pk>/", submission, name="submission"),
    path("states/<slug:iso3>/on-record/", on_record, name="on-record"),
    path("states/<slug:iso3>/milestones/<int:report>/<slug:step>/", milestone, name="milestone"),
    path(
        "states/<slug:iso3>/universal-reviews/<int:cycle>/milestones/<slug:step>/",
        review_milestone,
        name="review-milestone",
    ),
    path(
        "states/<slug:iso3>/universal-reviews/<int:cycle>/milestones/<slug:step>/tick/",
        review_milestone_tick,
        name="review-milestone-tick",
    ),
    path(
        "states/<slug:iso3>/milestones/<int:report>/<slug:step>/tick/",
        milestone_tick,
        name="milestone-tick",
    ),
    path("states/<slug:iso3>/facts/<slug:kind>/new/", state_fact_new, name="state-fact-new"),
    path("states/<slug:iso3>/facts/<slug:kind>/<int:pk>/", state_fact, name="state-fact"),
    path(
        "states/<slug:iso3>/facts/<slug:kind>/<int:pk>/take-off/",
        state_fact_take_off,
        name="state-fact-take-off",
    ),
    path("my/", my, name="my"),
    path("accessibility/", accessibility, name="accessibility"),
    path("states/<slug:iso3>/contacts/", state_contacts, name="state-contacts"),
    path("states/<slug:iso3>/contacts/new/", state_contact_new, name="state-contact-new"),
    path("states/<slug:iso3>/contacts/<int:pk>/", state_contact, name="state-contact"),
    path("states/<slug:iso3>/contacts/<int:pk>/tell/", contact_tell, name="state-contact-tell"),
    path("documents/<int:pk>/", document, name="document"),
    path("alerts/<str:token>/acknowledge/", acknowledge, name="acknowledge"),
    path("alerts/<str:token>/preferences/", preferences, name="preferences"),
    path("alerts/<str:token>/unsubscribe/", unsubscribe, name="unsubscribe"),
    path("people/", people, name="people"),
    path("people/<int:pk>/", account, name="account"),
    path("people/invite/", invitation_new, name="invite"),
    path("people/invitations/<int:pk>/withdraw/", invitation_withdraw, name="invitation-withdraw"),
    path("invitation/<str:token>/", invitation, name="invitation"),
    path("privacy/", person, name="person"),
    path("privacy/file/", person_file, name="person-file"),
    path("privacy/erase/", person_erase, name="person-erase"),
    path("account/sessions/", own_sessions, name="own-sessions"),
    path("api/v1/", api_document, name="api-document"),
    path("account/tokens/", api_tokens, name="api-tokens"),
    path("account/tokens/<int:pk>/end/", api_token_end, name="api-token-end"),
    path("account/webhooks/", webhooks, name="webhooks"),
    path("account/webhooks/<int:pk>/change/", webhook_change, name="webhook-change"),
    path("account/webhooks/<int:pk>/kinds/", webhook_kinds, name="webhook-kinds"),
    path("account/webhooks/deliveries/", webhook_deliveries, name="webhook-deliveries"),
    path("account/webhooks/deliveries/<int:pk>/again/", webhook_again, name="webhook-again"),
    path("import/", import_page, name="import"),
    path("import/deposits/", import_deposits_page, name="import-deposits"),
    path("import/list.<slug:form>", import_template, name="import-template"),
    path("audit/", audit, name="audit"),
    path("audit.csv", audit_file, name="audit-file"),
    path("states/<slug:iso3>/reviews/new/", review_new, name="review-new"),
    path("states/<slug:iso3>/decisions/new/", decision_new, name="decision-new"),
    path("reviews/<int:pk>/", review, name="review"),
    path("decisions/<int:pk>/", decision, name="decision"),
    path("decisions/<int:pk>/withdraw/", withdraw, name="decision-withdraw"),
    path("inbox/", inbox_page, name="inbox"),
    path("inbox/<int:pk>/", receipt, name="receipt"),
    path("inbox/<slug:kind>/", inbox_list, name="inbox-list"),
    path("worklist/", worklist, name="worklist"),
    path("worklist/<slug:iso3>/", worklist_date, name="worklist-date"),
    path("facts/submission/<int:pk>/", submission_correct, name="submission-correct"),
    path("facts/<slug:kind>/<int:pk>/history/", history, name="history"),
    path("facts/<slug:kind>/<int:pk>/take-off/", take_off, name="take-off"),
    path("facts/<slug:kind>/<int:pk>/keep/", keep, name="keep"),
    path("contacts/", contacts, name="contacts"),
    path("contacts/new/", contact_new, name="contact-new"),
    path("contacts/<int:pk>/", contact, name="contact"),
    path("sessions/", session_list, name="sessions"),
    path("sessions/new/", session_new, name="session-new"),
    path("sessions/<int:number>/", session, name="session"),
    path("forecast/", forecast, name="forecast"),
    path("planner/", planner, name="planner"),
    path("planner/assign/", assign_item, name="planner-assign"),
    path("planner/<int:number>/", preparation, name="preparation"),
    path("reminders/", reminders, name="reminders"),
    path("reminders/<int:pk>/", reminder, name="reminder"),
    path("reminders/<int:pk>/html/", reminder_html, name="reminder-html"),
    path("reminders/<int:pk>/calendar/", reminder_calendar, name="reminder-calendar"),
    path("reminders/<int:pk>/retry/", reminder_retry, name="reminder-retry"),
    path("reminders/retry/", reminders_retry, name="reminders-retry"),
    path("reminders/test/", reminder_test, name="reminder-test"),
    path("reminders/send/<int:pk>/", reminder_send, name="reminder-send"),
    path("reminders/offsets/", offsets_list, name="offsets"),
    path("reminders/offsets/<slug:kind>/", offsets, name="offsets-kind"),
    path("reminders/mutes/", mutes, name="mutes"),
    path("reminders/mutes/new/<slug:kind>/<int:pk>/", mute_new, name="mute-new"),
    path("reminders/mutes/<int:pk>/end/", mute_end, name="mute-end"),
    path("outbox/", outbox, name="outbox"),
    path("outbox/<str:name>/", letter, name="letter"),
    path("outbox/<str:name>/html/", letter_html, name="letter-html"),
    path("outbox/<str:name>/<int:number>/", letter_attachment, name="letter-attachment"),
    path("tables/", tables, name="tables"),
    path("tables/<slug:slug>/", table, name="table"),
    path("tables/<slug:slug>.<slug:form>", table_file, name="table-file"),
    path("exports/", exports, name="exports"),
    path("exports/<slug:name>.<slug:form>", export_file, name="export-file"),
    path("search/", search, name="search"),
    path("changes/", changes, name="changes"),
    path("changes.atom", changes_feed, name="changes-feed"),
    path("calendar/", calendar_link, name="calendar-link"),
    path("account/language/", account_language, name="account-language"),
    path("calendar.ics", calendar, name="calendar"),
    path("calendar/<str:token>.ics", private_calendar, name="private-calendar"),
    path("states/<slug:iso3>/calendar.ics", state_calendar, name="state-calendar"),
    path("healthz", healthz, name="healthz"),
    path("livez", livez, name="livez"),
    path("readyz", readyz, name="readyz"),
    path("metrics", metrics, name="metrics"),
    path("operation/", operation, name="operation"),
]
