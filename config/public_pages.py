"""The addresses that anybody may open. Every other one needs a signed-in user.

Each entry is the name of a route and the reason why it stands here.
"""

PUBLIC_PAGES = {
    "reporting:healthz": "A monitor asks whether alerts go out; it says which process is silent, no more.",
    "reporting:livez": "A container asks whether this process lives; it says nothing else.",
    "reporting:readyz": "A monitor asks which part is not well; it names no host and no person.",
    "reporting:metrics": "Prometheus cannot sign in; the token in its header is its own proof.",
    "reporting:invitation": "The link in an e-mail makes an account; it is its own proof.",
    "reporting:acknowledge": "The link in an alert says that it was seen to; it is its own proof.",
    "reporting:preferences": "The link in an alert shows its reader's choices; it is its own proof.",
    "reporting:unsubscribe": "The link in an alert stops them, with one click; it is its own proof.",
    "reporting:private-calendar": "Calendar programs cannot sign in; the address is its own proof.",
    "reporting:accessibility": "What the pages do for everybody, and whom to tell where they do not.",
    "account_login": "One signs in here.",
    "account_logout": "Whoever is signed out already is told so.",
    "account_inactive": "Says that an account is switched off, before it can be signed in to.",
    "account_signup": "Answers 404: nobody registers without an invitation.",
    "account_reset_password": "Whoever has forgotten the password cannot sign in.",
    "account_reset_password_done": "Says that an e-mail may be on its way.",
    "account_reset_password_from_key": "The link in an e-mail changes a password; it is its own proof.",
    "account_reset_password_from_key_done": "Says that the password was changed.",
    "mfa_authenticate": "The second step of signing in; without the first it leads back to it.",
    "mfa_login_webauthn": "Signing in with a passkey.",
    "openid_connect_login": "Leads to the organisation's identity provider.",
    "openid_connect_callback": "The way back from the identity provider.",
    "socialaccount_login_cancelled": "Says that signing in at the provider was broken off.",
    "socialaccount_login_error": "Says that signing in at the provider failed.",
    "socialaccount_signup": "Answers 404: the provider makes no accounts.",
    "socialaccount_connections": "Answers 404: accounts are found by their e-mail address.",
}

# What the UN itself publishes; PUBLIC_STATUS_PAGES=false closes these too.
STATUS_PAGES = {
    "reporting:dashboard": "Who owes what, and since when.",
    "reporting:overview": "The same counts as pictures.",
    "reporting:overview-history": "The numbers of those pictures, year by year.",
    "reporting:timeline": "What every State has sent and owes, as a picture over the years.",
    "reporting:compliance": "How much of what a State owes over all its treaties is overdue, from the same facts.",
    "reporting:compare": "What happened between two days, of what the status pages show.",
    "reporting:compare-file": "The same as a file.",
    "reporting:states": "The States parties.",
    "reporting:state": "What one State has sent and owes, each with its public document.",
    "reporting:tables": "The tables that the United Nations publishes.",
    "reporting:table": "One of these tables, as at a day.",
    "reporting:table-file": "The same table as a file.",
    "reporting:exports": "What can be taken along, and what its columns hold.",
    "reporting:export-file": "What the pages of the States and the dashboard show, as a file.",
    "reporting:api-document": "What programs can read and file.",
    "reporting:search": "Finds a State or a document on the status pages.",
    "reporting:changes": "What was recorded lately of what the status pages show.",
    "reporting:changes-feed": "The same for programs that read feeds.",
    "reporting:calendar": "The due dates of the States parties, for calendar programs.",
    "reporting:state-calendar": "The due dates of one State, for calendar programs.",
}

# The API asks for its token itself, and answers 401 in the form of its errors.
PROGRAMS = "api"

# What programs fetch: where they may not, they get a sentence instead of a page to sign in.
FILES = {
    "reporting:overview-history",
    "reporting:compare-file",
    "reporting:table-file",
    "reporting:export-file",
    "reporting:changes-feed",
    "reporting:calendar",
    "reporting:state-calendar",
}
