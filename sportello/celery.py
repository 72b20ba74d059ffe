"""Celery application: it carries jobs, the truth about them is `core.Job`."""

import os

from celery import Celery
from celery.signals import setup_logging
from django_structlog.celery.steps import DjangoStructLogInitStep

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sportello.settings.production")

app = Celery("sportello")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.steps["worker"].add(DjangoStructLogInitStep)
app.autodiscover_tasks()


@setup_logging.connect
def keep_logging(**_: object) -> None:
    """With a receiver connected, Celery leaves the logging that Django has set up."""
