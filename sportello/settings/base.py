"""Settings shared by every mode. Secrets and addresses come only from the environment."""

import os
from pathlib import Path

import django_stubs_ext
import environ
import pgtrigger
from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.contrib.messages import constants as messages
from django.utils.translation import gettext_lazy as _

from sportello.core import logs

django_stubs_ext.monkeypatch()

BASE_DIR = Path(__file__).resolve().parents[2]
env = environ.Env()

DATA_DIR = Path(env.str("SPORTELLO_DATA", default=str(BASE_DIR / "var")))
# The columns that the matching runs over, and its compiled loops: each machine makes its own and may lose them.
MATCHING_DIR = DATA_DIR / "matching"
os.environ.setdefault("NUMBA_CACHE_DIR", str(MATCHING_DIR / "kernels"))

SECRET_KEY = env.str("SECRET_KEY", default="")
DEBUG = False
# The evaluation mode shows its logins; their domain never signs in elsewhere.
DEMO_MODE = False
DEMO_DOMAIN = "@sportello.example"
ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS", default=[])
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", default=[])
SITE_URL = env.str("SITE_URL", default="http://127.0.0.1:8000")
# The key with which editions are sealed: a PKCS#12 file of the body. Without it they carry no seal.
SEAL_KEY = env.str("SEAL_KEY", default="")
SEAL_PASSPHRASE = env.str("SEAL_PASSPHRASE", default="")
# Who answers for the open data: its name, and its code in the index of public administrations (indicepa.gov.it).
PUBLISHER_NAME = env.str("PUBLISHER_NAME", default="Sportello Lavoro")
PUBLISHER_CODE = env.str("PUBLISHER_CODE", default="sportello-lavoro")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",  # the pages of allauth write times with it
    "django.contrib.sitemaps",  # its template only
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "bootstrap_italia_template",
    "csp",
    "django_htmx",  # its static files only
    "django_structlog",
    "pgtrigger",
    "pghistory",
    "phonenumber_field",
    "sportello.core",
    "sportello.territory",
    "sportello.reference",
    "sportello.accounts",
    "sportello.pacts",
    "candidates",
    "employers",
    "matching",
    "sportello.programmes",
    "reports",
    "sportello.workspaces",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "sportello.accounts.middleware.ScopeMiddleware",
]

ROOT_URLCONF = "sportello.urls"
WSGI_APPLICATION = "sportello.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "sportello.core.http.site",
            ],
            "builtins": ["sportello.core.templatetags.sportello"],
        },
    }
]
FORM_RENDERER = "sportello.core.http.FormRenderer"

# The folder of the PostgreSQL that `manage.py serve` starts and stops; None when DATABASE_URL names a server.
EMBEDDED_DATABASE: Path | None = None
# What `manage.py serve` fills: (a model, the command to call while it has no rows), in this order.
DEMO_DATA: list[tuple[str, str]] = []
# What it and the login page show: e-mail -> role. They share one password.
DEMO_LOGINS: dict[str, object] = {}
DEMO_PASSWORD = ""
DATABASES = {"default": env.db("DATABASE_URL", default="postgres://sportello@/sportello")}
DATABASES["default"]["ATOMIC_REQUESTS"] = False
DATABASES["default"]["CONN_MAX_AGE"] = 60
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "public_home"

ACCOUNT_ADAPTER = "sportello.accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "optional"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
# On top of allauth's own limits for logins and resets. An operator registers people all day from one office's address.
ACCOUNT_RATE_LIMITS = {
    "registration": "200/h/ip",
    "registration_link": "20/h/ip",
    "company_registration": "60/h/ip",
    "invitation": "60/h/user",
    "accept_invitation": "30/h/ip",
    "alert": "20/h/ip",
    "data_copy": "20/h/user",
    "public_print": "60/h/ip",
    "api_read": "120/m/ip",
    "api_write": "120/m/ip",
}
# Proxies in front of the portal, whose word about the visitor's address is taken; with none, the address is the connection's.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Sportello Lavoro"
MFA_REQUIRED = True
USERSESSIONS_TRACK_ACTIVITY = False

SESSION_COOKIE_AGE = 8 * 3600  # one working day; an idle desk terminal must not stay open overnight
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],  # Bootstrap Italia's CSS draws its icons from data: images
        "font-src": [SELF, "data:"],  # so does its icon font
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    "camera": [],
    "microphone": [],
    "geolocation": [],
    "payment": [],
    "usb": [],
}

MESSAGE_TAGS = {messages.ERROR: "danger"}  # Bootstrap's name

LANGUAGE_CODE = "it"
LANGUAGES = [("it", _("Italiano")), ("en", _("Inglese"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Rome"
PHONENUMBER_DEFAULT_REGION = "IT"
PHONENUMBER_DB_FORMAT = "E164"

STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT: Path | None = DATA_DIR / "static"
MEDIA_ROOT = DATA_DIR / "files"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="Sportello Lavoro <noreply@sportello.example>")
EMAIL_CONFIG = env.email("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
EMAIL_TIMEOUT = 15
# The box that people write to: imaps://name:password@host/folder; "imap" asks for STARTTLS. Empty: nobody reads one.
IMAP_URL = env.str("IMAP_URL", default="")
# Short messages: "http" posts JSON to a gateway, "console" prints, nothing keeps them off.
SMS_DRIVER = env.str("SMS_DRIVER", default="")
SMS_URL = env.str("SMS_URL", default="")
SMS_TOKEN = env.str("SMS_TOKEN", default="")
SMS_SENDER = env.str("SMS_SENDER", default="Sportello")

LOGGING = logs.logging_config(level=env.str("LOG_LEVEL", default="INFO"))
DJANGO_STRUCTLOG_CELERY_ENABLED = True
DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False  # an address is personal data; the proxy keeps it as long as security needs

# What it holds are the rate limits, shared by all processes. In the database: a broker that is down must not close the door.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "core_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

CELERY_BROKER_URL = env.str("REDIS_URL", default="filesystem://")
FILESYSTEM_BROKER: dict[str, object] = {
    "data_folder_in": str(DATA_DIR / "broker" / "queue"),
    "data_folder_out": str(DATA_DIR / "broker" / "queue"),
    "control_folder": str(DATA_DIR / "broker" / "control"),
    "polling_interval": 0.2,
}
# One attempt to connect: kombu's own default holds a page for 6 s when Redis is down. Workers insist by themselves.
# No emulated acknowledgements: a lease and the sweep stand for them, and a worker that loses Redis with one still open dies of it
# (kombu 5.7 asks a connection that is closed already to take the message back).
REDIS_BROKER: dict[str, object] = {
    "ack_emulation": False,
    "socket_connect_timeout": 1,
    "socket_timeout": 5,
    "max_retries": 1,
    "interval_start": 0,
    "interval_step": 0,
}
CELERY_BROKER_TRANSPORT_OPTIONS = FILESYSTEM_BROKER if CELERY_BROKER_URL.startswith("filesystem:") else REDIS_BROKER
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None  # a worker waits for its broker as long as it takes
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_PUBLISH_RETRY = False  # a broker that is down must not hold a page; the sweep sends what it missed
CELERY_TASK_ACKS_LATE = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_TASKS_PER_CHILD = 50
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULE: dict[str, dict[str, object]] = {
    # A sweep that waited longer than its turn has been overtaken by the next.
    "sweep_jobs": {"task": "core.sweep_jobs", "schedule": 5.0, "options": {"expires": 5}},
    # From a month after each semester, when late records are in; on every day of that month, for the one on which beat was down.
    "request_semester": {
        "task": "reports.request_semester",
        "schedule": crontab(month_of_year="2,8", hour=6, minute=0),
    },
    "forget": {"task": "core.forget", "schedule": crontab(hour=3, minute=10)},
    # What was typed at a kiosk goes soon after whoever typed it.
    "forget_drafts": {"task": "candidates.forget_drafts", "schedule": 60.0, "options": {"expires": 60}},
    "begin_matching_day": {"task": "matching.begin_day", "schedule": crontab(hour=0, minute=5)},
    "forget_people": {"task": "workspaces.forget_people", "schedule": crontab(hour=3, minute=30)},
    "forget_mail": {"task": "candidates.forget_mail", "schedule": crontab(hour=2, minute=50)},
    "end_silences": {"task": "matching.end_silences", "schedule": crontab(hour=7, minute=40)},
    # A turn that waited longer than its time has been overtaken by the next.
    "read_mailbox": {"task": "candidates.read_mailbox", "schedule": 120.0, "options": {"expires": 120}},
    "request_reminders": {"task": "candidates.request_reminders", "schedule": crontab(minute="*/15")},
    "look_for_free_hours": {"task": "candidates.look_for_free_hours", "schedule": crontab(minute=10)},
    "expire_vacancies": {"task": "employers.expire_vacancies", "schedule": crontab(hour=0, minute=20)},
    # When people look at their mail, before the desks open.
    "request_alerts": {"task": "employers.request_alerts", "schedule": crontab(hour=7, minute=15)},
    "remind_certificates": {"task": "employers.remind_certificates", "schedule": crontab(hour=7, minute=25)},
    "ask_vacancy_refresh": {"task": "employers.ask_vacancy_refresh", "schedule": crontab(hour=0, minute=40)},
}

# History rows are written by statement-level triggers: one insert per statement, also for bulk writes.
PGHISTORY_LEVEL = pgtrigger.Statement
PGHISTORY_INSTALL_CONTEXT_FUNC_ON_MIGRATE = True
