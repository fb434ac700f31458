"""Why an attempt may not begin, in sentences that say what to do.

Codes: ``done``, ``too_late``, ``pre_test_open``, ``pre_test_first``, ``post_test_first``, ``not_assigned``,
``not_yet``, ``closed``, ``anonymous``, ``stage`` (of the training).
"""

from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lms.cohorts import stages
from lms.learning.enums import Occasion
from lms.learning.queries import Terms
from lms.learning.queries.terms import DEEDS


def refusal_of(code: str, occasion: str, terms: Terms | None, time_zone: str = "") -> ValidationError:
    """The refusal with this code. ``time_zone`` is that of the village, for moments in the sentence."""
    if code == "stage" and terms is not None:
        return stages.refusal(terms.state, DEEDS[occasion])
    return ValidationError(_sentence(code, occasion, terms, time_zone), code)


def _sentence(code: str, occasion: str, terms: Terms | None, time_zone: str) -> str:
    if code == "not_yet" and terms is not None and terms.opens_at is not None:
        zone = ZoneInfo(time_zone) if time_zone else None
        when = date_format(timezone.localtime(terms.opens_at, zone), "j F Y, H:i")
        return _("This opens on %(when)s. Come back then.") % {"when": when}
    if code == "done":
        return _done(occasion)
    return {
        "too_late": _too_late(occasion),
        "pre_test_open": _("Hand in your pre-test first. Then the post-test opens."),
        "pre_test_first": _("Take the pre-test first. Then the post-test opens."),
        "post_test_first": _("Take the post-test first. The follow-up test comes some time after it."),
        "closed": _("The time for this is over. If you could not come in time, talk with your trainer."),
        "anonymous": _("This survey is anonymous. It is answered on one page and sent once."),
    }.get(code, _("Your training does not have this. Go to your page to see what is open."))


def _done(occasion: str) -> str:
    sentences = {
        Occasion.PRE: _("You have already handed in the pre-test."),
        Occasion.POST: _("You have handed in the post-test as often as this training allows."),
        Occasion.FOLLOW_UP: _("You have already handed in the follow-up test."),
    }
    return sentences.get(Occasion(occasion), _("You have done this as often as this training allows."))


def _too_late(occasion: str) -> str:
    if occasion == Occasion.PRE:
        return _("The pre-test is closed, because you have already begun the post-test.")
    return _("The post-test is closed, because you have already begun the follow-up test.")
