"""For who changes the code: DEBUG on, static files from the source tree."""

from lms.settings.base import *

DEBUG = True
INTERNAL_IPS = ["127.0.0.1"]
STORAGES = {
    **STORAGES,  # noqa: F405
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
