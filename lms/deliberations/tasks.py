"""What the worker does about deliberations in the background."""

from celery import shared_task

from lms.deliberations.domain import census


@shared_task
def erase_due_names() -> None:
    """Lists with names go when their day has come."""
    census.erase_due_names()
