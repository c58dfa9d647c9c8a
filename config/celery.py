"""The Celery application: what the worker and the beat process run."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("reporting")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
