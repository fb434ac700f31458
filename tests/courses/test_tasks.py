"""Pages that were given an hour."""

import datetime

import pytest
from django.conf import settings
from django.utils import timezone
from wagtail.models import Page

from courses.tasks import publish_scheduled
from tests.factories import make_course

pytestmark = pytest.mark.django_db


def test_a_page_whose_hour_has_come_goes_live_and_one_whose_time_is_over_goes_off() -> None:
    course = make_course()
    course.unpublish()
    course.go_live_at = timezone.now() + datetime.timedelta(hours=1)
    course.save_revision().publish()
    publish_scheduled()
    assert not Page.objects.get(pk=course.pk).live
    past = timezone.now() - datetime.timedelta(minutes=1)
    revision = course.get_latest_revision()
    revision.content["go_live_at"] = past.isoformat()
    revision.approved_go_live_at = past
    revision.save()
    publish_scheduled()
    assert Page.objects.get(pk=course.pk).live
    Page.objects.filter(pk=course.pk).update(expire_at=past)
    publish_scheduled()
    assert not Page.objects.get(pk=course.pk).live


def test_the_clock_of_the_site_comes_by_each_minute() -> None:
    (entry,) = [
        entry for entry in settings.CELERY_BEAT_SCHEDULE.values() if entry["task"] == publish_scheduled.name
    ]
    assert entry["schedule"] <= 60
