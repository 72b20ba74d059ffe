"""WSGI entry point of the web process."""

import gc
import os
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sportello.settings.production")

application = get_wsgi_application()

# The engine is imported once the settings have named the folder of its cache.
from matching.engine.scoring import warm  # noqa: E402

# Compiled loops are read from their cache here, once for all workers: no page waits for the compiler.
warm()

# All pages are loaded with it, not by the first who asks.
import_module(settings.ROOT_URLCONF)

# The code just loaded stays for ever: to go through it again, a full collection would hold a page for a tenth of a second.
gc.freeze()
