"""Settings for the tests: the same as everywhere but for speed, and nothing of the real data.

They stand outside the package of the settings, which is read as soon as one of its modules is named.
"""

import hashlib
import os
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
os.environ["EMBEDDED"] = "true"
os.environ["SECRET_KEY"] = "for the tests only"  # noqa: S105 - it guards nothing
os.environ["VAR_DIR"] = str(CHECKOUT / "var" / "test")
for name in ("REDIS_URL", "CELERY_BROKER_URL", "EMAIL_URL", "DEBUG"):
    os.environ.pop(name, None)

from config.settings import *  # noqa: E402, F403

LOCAL = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
CACHES = {"default": LOCAL, "own": LOCAL}
if TEST_REDIS_URL := os.environ.get("TEST_REDIS_URL"):
    CACHES["default"] = {
        "BACKEND": "tests.own_keys.OwnKeysCache",
        "LOCATION": TEST_REDIS_URL,
        "KEY_PREFIX": f"test-{os.getpid()}",
    }
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    "private": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
}
METRICS_TOKEN = "for the tests only"  # noqa: S105 - it guards nothing
CRISPY_FAIL_SILENTLY = False  # a layout that names a field which its form lacks
RATE_LIMITS = {}  # a test that walks over all addresses comes often
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
CELERY_BROKER_URL = "memory://"
CELERY_TASK_ALWAYS_EAGER = True
CELERY_TASK_EAGER_PROPAGATES = True
# A name of its own, so that the tests of two checkouts can use one database server.
DATABASES["default"]["TEST"] = {
    "NAME": "test_reporting_" + hashlib.sha256(os.fsencode(CHECKOUT)).hexdigest()[:8]
    if "postgresql" in DATABASES["default"]["ENGINE"]
    else None
}
