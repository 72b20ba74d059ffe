"""Settings of the embedded evaluation mode (`make run`): the test settings, with mail in files and real hashing."""

from sportello.settings import base
from sportello.settings.test import *

SECRET_KEY = env.str("SECRET_KEY", default=SECRET_KEY)
ALLOWED_HOSTS = [*ALLOWED_HOSTS, *base.ALLOWED_HOSTS]
EMBEDDED_DATABASE = None if "DATABASE_URL" in os.environ else DATA_DIR / "database"
if EMBEDDED_DATABASE:
    DATABASES["default"] |= env.db_url_config(embedded.server_at(EMBEDDED_DATABASE).url)
DATABASES["default"]["CONN_MAX_AGE"] = 60
CELERY_BROKER_URL = base.CELERY_BROKER_URL
CELERY_BROKER_TRANSPORT_OPTIONS = base.CELERY_BROKER_TRANSPORT_OPTIONS
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = DATA_DIR / "mail"
WHITENOISE_USE_FINDERS = True
DEMO_DATA = [
    ("territory.Municipality", "load_territory"),
    ("reference.Occupation", "load_reference"),
    ("candidates.PrivacyNotice", "load_notices"),
    ("candidates.Candidate", "seed_demo"),
]
