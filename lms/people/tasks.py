"""What the worker does about people in the background."""

from celery import shared_task
from django.core.management import call_command


@shared_task
def forget_expired_sessions() -> None:
    """Every sign-in leaves sessions behind, and they say who sat where: gone with their time."""
    call_command("clearsessions", verbosity=0)
