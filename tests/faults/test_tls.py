"""PostgreSQL over TLS by DATABASE_URL: the server proves who it is, or nothing is sent to it."""

import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
import trustme

from config.settings import BASE_DIR
from tests.faults.own_postgresql import Server, postgresql

pytestmark = pytest.mark.faults
__all__ = ["postgresql"]  # the fixture
ASK = """
import django
django.setup()
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute("SELECT ssl, version FROM pg_stat_ssl WHERE pid = pg_backend_pid()")
    print(*cursor.fetchone())
"""


@pytest.fixture
def address(postgresql: Server, tmp_path: Path) -> str:
    """Let the server take nothing but TLS and a password; return its address without what is trusted."""
    with psycopg.connect(postgresql.url, autocommit=True) as asked:
        asked.execute("ALTER ROLE postgres PASSWORD 'one of its own'")
    postgresql.stop()
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    trustme.CA().cert_pem.write_to_path(tmp_path / "another.pem")
    issued = authority.issue_cert("localhost")
    certificate = postgresql.give("server.pem", issued.cert_chain_pems[0].bytes())
    key = postgresql.give("server.key", issued.private_key_pem.bytes())
    postgresql.give("pg_hba.conf", b"hostssl all all 127.0.0.1/32 scram-sha-256\n")
    postgresql.start("ssl=on", f"ssl_cert_file={certificate}", f"ssl_key_file={key}")
    return f"postgres://postgres:one%20of%20its%20own@localhost:{postgresql.port}/postgres"


def said(folder: Path, url: str, settings: str = "config.settings") -> str:
    """Return what a process of ours with this address prints, or the last words of its failure."""
    environment = {"PATH": os.environ["PATH"], "VAR_DIR": str(folder), "DATABASE_URL": url}
    done = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-c", ASK],
        env=environment | {"DJANGO_SETTINGS_MODULE": settings},
        cwd=BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout.strip() or done.stderr


@pytest.mark.parametrize("settings", ["config.settings", "config.settings.web"])
def test_the_database_is_asked_over_tls_where_it_proves_who_it_is(
    address: str, tmp_path: Path, settings: str
) -> None:
    trusted = f"{address}?sslmode=verify-full&sslrootcert={tmp_path / 'ca.pem'}"
    assert said(tmp_path, trusted, settings) == "True TLSv1.3"


def test_a_server_that_cannot_prove_it_is_told_nothing(address: str, tmp_path: Path) -> None:
    ca = f"sslrootcert={tmp_path / 'ca.pem'}"
    another = f"{address}?sslmode=verify-full&sslrootcert={tmp_path / 'another.pem'}"
    assert "certificate verify failed" in said(tmp_path, another)
    elsewhere = address.replace("@localhost", "@127.0.0.1") + f"?sslmode=verify-full&{ca}"
    assert 'does not match host name "127.0.0.1"' in said(tmp_path, elsewhere)
    bare = said(tmp_path, f"{address}?sslmode=disable")
    assert "no pg_hba.conf entry" in bare
    for each in (another, elsewhere):
        assert "one of its own" not in said(tmp_path, each)
