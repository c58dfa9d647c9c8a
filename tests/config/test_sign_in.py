"""What an operator chooses about signing in."""

from pathlib import Path

from tests.config.test_settings import PRODUCTION, settings

PROVIDER = {
    "OIDC_SERVER_URL": "https://id.example.org/realms/un",
    "OIDC_CLIENT_ID": "reporting",
    "OIDC_CLIENT_SECRET": "secret",
}
FORM_ACTION = "s.CONTENT_SECURITY_POLICY['DIRECTIVES']['form-action']"


def test_roles_that_need_a_second_step_are_named_or_none(tmp_path: Path) -> None:
    assert settings(tmp_path, "s.SECOND_FACTOR_FOR") == "[]"
    named = settings(tmp_path, "s.SECOND_FACTOR_FOR", SECOND_FACTOR_FOR="secretariat,administrator")
    assert named == "['secretariat', 'administrator']"


def test_a_role_that_there_is_not_is_refused(tmp_path: Path) -> None:
    refused = settings(tmp_path, "s.DEBUG", SECOND_FACTOR_FOR="secretariat,secretary")
    assert refused == "SECOND_FACTOR_FOR names roles that there are not: ['secretary']."


def test_without_a_provider_forms_lead_nowhere_else(tmp_path: Path) -> None:
    answer = settings(tmp_path, f"s.SOCIALACCOUNT_PROVIDERS, {FORM_ACTION}")
    assert answer == """({}, ["'self'"])"""


def test_a_provider_is_named_by_three_variables(tmp_path: Path) -> None:
    app = "s.SOCIALACCOUNT_PROVIDERS['openid_connect']['APPS'][0]"
    shown = f"{app}['name'], {app}['client_id'], {app}['settings']['server_url'], {FORM_ACTION}"
    assert settings(tmp_path, shown, **PRODUCTION, **PROVIDER) == (
        "('id.example.org', 'reporting', 'https://id.example.org/realms/un', "
        """["'self'", 'https://id.example.org'])"""
    )
    elsewhere = {"OIDC_NAME": "the UN", "OIDC_ORIGINS": "https://login.example.org"}
    named = settings(tmp_path, f"{app}['name'], {FORM_ACTION}", **PROVIDER, **elsewhere)
    assert named == """('the UN', ["'self'", 'https://login.example.org'])"""


def test_a_provider_by_halves_is_refused(tmp_path: Path) -> None:
    halves = PROVIDER | {"OIDC_CLIENT_SECRET": ""}
    assert settings(tmp_path, "s.DEBUG", **halves) == (
        "OpenID Connect needs all of OIDC_SERVER_URL, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET, "
        "or none of them."
    )


def test_no_header_names_the_reader_unless_a_proxy_is_trusted(tmp_path: Path) -> None:
    trusted = "s.ALLAUTH_TRUSTED_PROXY_COUNT, s.SECRET_KEY_FALLBACKS"
    assert settings(tmp_path, trusted) == "(0, [])"
    given = {"TRUSTED_PROXY_COUNT": "1", "SECRET_KEY_FALLBACKS": "old,older"}
    assert settings(tmp_path, trusted, **given) == "(1, ['old', 'older'])"
