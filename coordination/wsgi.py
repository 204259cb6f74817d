"""The door of the web server (gunicorn coordination.wsgi)."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coordination.settings")
application = get_wsgi_application()
gc.freeze()  # the program itself is no garbage: the collector need not walk through it during requests
