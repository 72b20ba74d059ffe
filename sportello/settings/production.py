"""Settings of a real installation: every secret comes from the environment or the process refuses to start."""

from sportello.settings.base import *

SECRET_KEY = env.str("SECRET_KEY")
DATABASES["default"] = {**DATABASES["default"], **env.db("DATABASE_URL")}
CELERY_BROKER_URL = env.str("REDIS_URL")

SECURE_SSL_REDIRECT = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
# /healthz is asked by the container itself, over plain HTTP.
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
STATIC_ROOT = BASE_DIR / "staticfiles"  # collected into the image, apart from the data
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
