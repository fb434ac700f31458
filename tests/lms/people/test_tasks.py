"""What the worker does about people in the background."""

import datetime

import pytest
from celery import current_app
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.utils import timezone

from lms.people.tasks import forget_expired_sessions


@pytest.mark.django_db
def test_sessions_are_forgotten_when_their_time_is_over() -> None:
    keys = []
    for hours in (-1, 1):
        session = SessionStore()
        session["participant"] = {"id": "siapa"}
        session.create()
        expires = timezone.now() + datetime.timedelta(hours=hours)
        Session.objects.filter(pk=session.session_key).update(expire_date=expires)
        keys.append(session.session_key)
    forget_expired_sessions()
    assert list(Session.objects.values_list("pk", flat=True)) == keys[1:]


def test_everything_that_beat_asks_for_is_known_to_the_worker() -> None:
    asked = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    current_app.loader.import_default_modules()
    assert asked <= set(current_app.tasks)
