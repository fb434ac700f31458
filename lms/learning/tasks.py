"""What the worker does about attempts in the background."""

from celery import shared_task

from lms.learning import domain


@shared_task
def hand_in_overdue() -> None:
    """Hand in what nobody has looked at since its time was over."""
    domain.hand_in_overdue()
