"""The portal; importing it makes the Celery application current, also in the web process that only sends."""

from sportello.celery import app as celery_app

__all__ = ["celery_app"]
