"""What the worker does about courses and other pages in the background."""

from celery import shared_task
from django.core.management import call_command
from django.utils import timezone

from assessments.register import mark_due
from courses.domain import update_review_tasks
from courses.models import TextStamp


@shared_task
def publish_scheduled() -> None:
    """Publish and unpublish what is due: Wagtail only notes the hour and expects somebody to come by."""
    call_command("publish_scheduled", verbosity=0)


@shared_task
def look_at_the_law() -> None:
    """Mark provisions whose day to be looked at has come, and tell the authors of lessons that cite what does
    not hold. A village laptop is off at night, so it runs several times a day; once is enough."""
    today = timezone.localdate()
    mark_due(on=today)
    update_review_tasks(on=today)
    TextStamp.objects.thin_out()
