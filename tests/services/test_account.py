"""The demonstration accounts."""

import stat
from io import StringIO
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command

from reporting.models import User
from reporting.services.account import FILE_NAME, ensure_demonstration_accounts

pytestmark = pytest.mark.django_db
EMAILS = ["secretariat@example.org", "ministry.idn@example.org", "administrator@example.org"]


def test_three_accounts_can_sign_in_with_their_random_passwords(tmp_path: Path) -> None:
    accounts = ensure_demonstration_accounts(folder=tmp_path)
    assert [account.email for account in accounts] == EMAILS
    assert len({account.password for account in accounts}) == 3
    for account in accounts:
        assert User.objects.get(email=account.email).check_password(account.password or "")


def test_only_the_administrator_may_use_the_repair_pages(tmp_path: Path) -> None:
    ensure_demonstration_accounts(folder=tmp_path)
    assert [user.email for user in User.objects.filter(is_staff=True)] == [EMAILS[2]]


def test_making_them_again_changes_nothing(tmp_path: Path) -> None:
    first = ensure_demonstration_accounts(folder=tmp_path)
    assert ensure_demonstration_accounts(folder=tmp_path) == first
    assert User.objects.count() == 3


def test_the_passwords_are_kept_where_only_the_owner_reads(tmp_path: Path) -> None:
    ensure_demonstration_accounts(folder=tmp_path)
    assert stat.S_IMODE((tmp_path / FILE_NAME).stat().st_mode) == 0o600


def test_a_new_database_gets_the_accounts_with_the_kept_passwords(tmp_path: Path) -> None:
    first = ensure_demonstration_accounts(folder=tmp_path)
    User.objects.all().delete()
    assert ensure_demonstration_accounts(folder=tmp_path) == first


def test_a_changed_password_is_not_told(tmp_path: Path) -> None:
    ensure_demonstration_accounts(folder=tmp_path)
    user = User.objects.get(email=EMAILS[0])
    user.set_password("another one, chosen by a person")
    user.save()
    assert ensure_demonstration_accounts(folder=tmp_path)[0].password is None


def test_production_has_no_such_accounts(tmp_path: Path, settings: LazySettings) -> None:
    settings.EMBEDDED = False
    with pytest.raises(ImproperlyConfigured, match="embedded mode only"):
        ensure_demonstration_accounts(folder=tmp_path)
    with pytest.raises(CommandError, match="embedded mode only"):
        call_command("demo_accounts", stdout=StringIO())
    assert not User.objects.exists()


def test_the_command_prints_how_to_sign_in(tmp_path: Path, settings: LazySettings) -> None:
    settings.VAR_DIR = tmp_path
    output = StringIO()
    call_command("demo_accounts", stdout=output)
    passwords = [account.password for account in ensure_demonstration_accounts(folder=tmp_path)]
    assert [line.split()[:2] for line in output.getvalue().splitlines()] == [
        [email, password] for email, password in zip(EMAILS, passwords, strict=True)
    ]
