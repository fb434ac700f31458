"""The Celery application. Bound in ``lms.outbox.apps`` and not in ``lms/__init__``: see ARCHITECTURE."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lms.settings.base")
app = Celery("lms")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
