"""WSGI entry point of the web process."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sportello.settings.production")

application = get_wsgi_application()

# The code just loaded stays for ever: to go through it again, a full collection would hold a page for a tenth of a second.
gc.freeze()
