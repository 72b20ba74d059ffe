"""Settings of the embedded evaluation mode (`make run`): the test settings, with mail in files and real hashing."""

from sportello.settings.test import *

PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = DATA_DIR / "mail"
WHITENOISE_USE_FINDERS = True
