"""The newsroom's process: Django with Wagtail, all of it under `/redaksi/`."""

import os

os.environ["DJANGO_SETTINGS_MODULE"] = "warta.config.settings.newsroom"

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
