"""Small things that tests of several apps do."""

from typing import Any

from django.conf import settings
from django.contrib.auth.models import Permission
from django.http import HttpRequest
from django.test import Client

from lms.people import station
from lms.people.models import Participant


def sign_in_as(client: Client, participant: Participant) -> None:
    """Give a client the session of a participant who signed in and confirmed the own name."""
    request = HttpRequest()
    request.session = client.session
    station.open_session(request, participant)
    station.confirm(request)
    request.session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = request.session.session_key


def grant(user: Any, *permissions: str) -> None:
    """Give a member of staff permissions named ``app_label.codename``."""
    for permission in permissions:
        app_label, codename = permission.split(".")
        user.user_permissions.add(
            Permission.objects.get(codename=codename, content_type__app_label=app_label)
        )
