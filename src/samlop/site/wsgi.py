"""Entry point of the web server."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samlop.site.settings")
application = get_wsgi_application()

# Load every page now, once for all processes, so that a fault stops the start and the first visitor does not wait.
from django.urls import get_resolver  # noqa: E402 – Django must be set up first

get_resolver().url_patterns  # noqa: B018
