"""How the application is put together; Celery's tasks find their application here."""

from config.celery import app as celery_app

__all__ = ["celery_app"]
