"""Settings of the test suite: strict, quick hashing, no second factor, mail in memory."""

from sportello.settings.base import *

SECRET_KEY = "only-for-tests-and-evaluation"
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
DEMO_MODE = True
MFA_REQUIRED = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
