"""Settings of the test suite: strict, quick hashing, no second factor, mail in memory."""

import os

from django.utils.translation import gettext_lazy as _

from sportello.core import embedded
from sportello.settings.base import *

SECRET_KEY = "only-for-tests-and-evaluation"
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
DEMO_MODE = True
MFA_REQUIRED = False
DEMO_PASSWORD = "sportello-demo"
DEMO_LOGINS = {
    "cittadina@sportello.example": _("Cittadina"),
    "operatore@sportello.example": _("Operatrice"),
    "coordinatore@sportello.example": _("Coordinatore"),
    "impresa@sportello.example": _("Impresa"),
    "comune@sportello.example": _("Comune"),
    "cabina@sportello.example": _("Cabina di regia"),
    "admin@sportello.example": _("Amministrazione"),
}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CELERY_BROKER_URL = "memory://"
CELERY_BROKER_TRANSPORT_OPTIONS = {}
# The folder of the embedded PostgreSQL, None when DATABASE_URL names a server.
EMBEDDED_DATABASE = None if "DATABASE_URL" in os.environ else DATA_DIR / "database-tests"
if EMBEDDED_DATABASE:
    DATABASES["default"] |= env.db_url_config(embedded.server_at(EMBEDDED_DATABASE).url)
DATABASES["default"]["CONN_MAX_AGE"] = 0  # a live server's threads must not hold the database when it is dropped
STATIC_ROOT = None  # nothing is collected; the finders serve what the packages and static/ hold
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
