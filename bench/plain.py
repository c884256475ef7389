"""The same paper by plain Django views, each page rendered at each request: what the short path is compared with."""

import os

os.environ["DJANGO_SETTINGS_MODULE"] = "warta.config.settings.delivery"

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
