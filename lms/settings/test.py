"""The test suite: cheap hashing, no broker, files in a throw-away folder."""

import tempfile
from pathlib import Path

from lms.settings.base import *

_TMP = Path(tempfile.mkdtemp(prefix="balai-test-"))
SECRET_KEY = "only-for-tests-" + "x" * 40
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
LMS_PRIVATE_ROOT = str(_TMP / "private")
LMS_PUBLIC_ADDRESS = ""
CELERY_TASK_ALWAYS_EAGER = True
CELERY_TASK_EAGER_PROPAGATES = True
AXES_ENABLED = False
WHITENOISE_AUTOREFRESH = True
