"""What the signs of a person's life mean: here or not, and when a facilitator should walk over.

Pure: times and counts in, words out. Words name moments ("since 10:42"), never durations, so that a class
in which nothing happens looks the same at the next look and costs nothing to send.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from lms.conf import setting

# A page that is open sends a sign at least every 90 seconds (guard.js): two of them are missing.
SILENT_AFTER = timedelta(seconds=200)
# In a test: neither an answer nor a step to another question.
STUCK_AFTER = timedelta(minutes=5)
# At one question, whatever is changed there. A question is meant to take about a minute.
LONG_QUESTION = timedelta(minutes=8)
# At one lesson, which is ten minutes of plain reading.
LONG_LESSON = timedelta(minutes=25)
# A sign-in of yesterday says nothing about today.
FORGOTTEN_AFTER = timedelta(hours=12)
MANY_WRONG = 3


class Here(models.TextChoices):
    """Whether somebody is there."""

    HERE = "here", gettext_lazy("signed in")
    SILENT = "silent", gettext_lazy("no sign of life")
    LEFT = "left", gettext_lazy("signed out")
    NEVER = "never", gettext_lazy("not signed in yet")


@dataclass(frozen=True, slots=True)
class Signs:
    """What is known of one person. ``in_test`` is an open test whose clock runs, answered by oneself;
    ``progressed_at`` the last answer or step in it."""

    now: datetime
    seen_at: datetime | None = None
    ended_at: datetime | None = None
    in_test: bool = False
    progressed_at: datetime | None = None
    question_since: datetime | None = None
    lesson_since: datetime | None = None
    wrong: int = 0
    locked_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why somebody may need help; ``text`` is a sentence."""

    code: str
    text: str


def here_of(signs: Signs) -> Here:
    """Whether the person is there. A silent page is signed out by the server after the idle time."""
    if signs.seen_at is None or signs.now - signs.seen_at >= FORGOTTEN_AFTER:
        return Here.NEVER
    idle = timedelta(seconds=setting("IDLE_SECONDS"))
    if signs.ended_at is not None or signs.now - signs.seen_at >= max(idle, SILENT_AFTER):
        return Here.LEFT
    return Here.SILENT if signs.now - signs.seen_at >= SILENT_AFTER else Here.HERE


def troubles_of(signs: Signs) -> list[Trouble]:
    """Why this person may need help now, what keeps them out first; empty if nothing does."""
    return [*_at_the_door(signs), *_in_the_room(signs, here_of(signs))]


def _at_the_door(signs: Signs) -> Iterator[Trouble]:
    if signs.locked_until is not None:
        text = _("Locked out after wrong PINs until %(time)s.") % {"time": clock(signs.locked_until)}
        yield Trouble("locked", text)
    elif signs.wrong >= MANY_WRONG:
        text = ngettext("%(count)d wrong PIN in a row.", "%(count)d wrong PINs in a row.", signs.wrong)
        yield Trouble("wrong", text % {"count": signs.wrong})


def _in_the_room(signs: Signs, here: Here) -> Iterator[Trouble]:
    if here is Here.HERE:
        yield from _slow(signs)
    elif not signs.in_test:
        # A phone that sleeps while people talk about a lesson is no trouble; the card says so all the same.
        return
    elif here is Here.NEVER:
        yield Trouble("gone", _("Has an open test and is not signed in."))
    elif here is Here.SILENT:
        text = _("No sign of life since %(time)s. Is the device off, or the line cut?")
        yield Trouble("silent", text % {"time": clock(signs.seen_at)})
    else:
        text = _("Signed out in the middle of a test, last seen at %(time)s.")
        yield Trouble("gone", text % {"time": clock(signs.ended_at or signs.seen_at)})


def _slow(signs: Signs) -> Iterator[Trouble]:
    if signs.in_test:
        if _longer(signs, signs.progressed_at, STUCK_AFTER):
            yield Trouble("stuck", _since(_("No answer and no step since %(time)s."), signs.progressed_at))
        elif _longer(signs, signs.question_since, LONG_QUESTION):
            yield Trouble("long", _since(_("At the same question since %(time)s."), signs.question_since))
    elif _longer(signs, signs.lesson_since, LONG_LESSON):
        yield Trouble("reading", _since(_("At the same lesson since %(time)s."), signs.lesson_since))


def _longer(signs: Signs, since: datetime | None, limit: timedelta) -> bool:
    return since is not None and signs.now - since >= limit


def _since(text: str, moment: datetime | None) -> str:
    return text % {"time": clock(moment)}


def clock(moment: datetime | None) -> str:
    """A moment of today as people read it from the wall."""
    return f"{timezone.localtime(moment):%H:%M}" if moment is not None else ""
