"""Somebody looks, a day passes, a record goes."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from wagtail.models import ModelLogEntry

from assessments import citing
from assessments.citing import Cited, sources
from assessments.enums import Known
from assessments.models import LegalBasis
from assessments.register import CHECKED, DUE, mark_due, record_check, refuse_removal
from assessments.signals import register_changed
from tests.factories import make_single, make_staff
from tests.law import make_basis, make_regulation

pytestmark = pytest.mark.django_db

TODAY = datetime.date(2026, 11, 30)
LATER = datetime.date(2027, 5, 30)


def test_whoever_read_the_text_takes_the_marks_away_and_is_written_down() -> None:
    staff = make_staff("pemeriksa")
    unread = {"known": Known.MEMORY, "needs_check": True, "overdue": True, "checked_on": None}
    basis = make_basis("PP 16/2026 Ps 89", **unread)
    heard: list[int] = []

    def hear(sender: object, bases: list[int], **kwargs: object) -> None:
        heard.extend(bases)

    register_changed.connect(hear)
    try:
        record_check(basis=basis, user=staff, on=TODAY, recheck_on=LATER, source="jdih.go.id")
    finally:
        register_changed.disconnect(hear)
    basis.refresh_from_db()
    assert (basis.known, basis.needs_check, basis.overdue) == (Known.VERIFIED, False, False)
    assert (basis.checked_on, basis.checked_by, basis.recheck_on) == (TODAY, staff, LATER)
    assert basis.source == "jdih.go.id"
    assert not basis.is_marked
    assert basis.latest_revision.user == staff
    assert ModelLogEntry.objects.get(action=CHECKED).user == staff
    assert heard == [basis.pk]


def test_a_page_that_retells_the_rule_leaves_the_mark() -> None:
    basis = make_basis("PP 16/2026 Ps 89", needs_check=True, source="Salinan")
    record_check(
        basis=basis, user=make_staff("a"), on=TODAY, recheck_on=LATER, known=Known.SECONDARY, source=" "
    )
    basis.refresh_from_db()
    assert basis.needs_check
    assert basis.is_marked
    assert basis.source == "Salinan"


def test_the_next_look_is_later_than_this_one() -> None:
    basis = make_basis("PP 16/2026 Ps 89")
    with pytest.raises(ValidationError) as refused:
        record_check(basis=basis, user=make_staff("a"), on=TODAY, recheck_on=TODAY)
    assert refused.value.code == "recheck"


def test_what_has_passed_its_day_is_marked_once_and_loses_the_mark_again() -> None:
    due = make_basis("UU 1/2020 Ps 1", recheck_on=TODAY)
    soon = make_basis("UU 2/2020 Ps 1", recheck_on=TODAY + datetime.timedelta(days=1))
    moved = make_basis("UU 3/2020 Ps 1", recheck_on=LATER, overdue=True)
    without = make_basis("UU 4/2020 Ps 1", overdue=True)
    assert mark_due(on=TODAY) == 1
    assert mark_due(on=TODAY) == 0
    assert [str(each) for each in LegalBasis.objects.filter(overdue=True)] == [str(due)]
    assert not LegalBasis.objects.filter(pk__in=[soon.pk, moved.pk, without.pk], overdue=True).exists()
    assert ModelLogEntry.objects.filter(action=DUE).count() == 1


def test_what_is_cited_or_has_a_successor_is_not_deleted() -> None:
    old, free = make_basis("PP 43/2014 Ps 80"), make_basis("UU 9/2020 Ps 1")
    make_basis("PP 16/2026 Ps 89", replaces=[old])
    cited = make_basis("UU 6/2014 Ps 3")
    question = make_single()
    question.legal_bases = [cited]
    question.save()
    for record in (old, cited, make_regulation("UU 9/2020")):
        with pytest.raises(ValidationError) as refused:
            refuse_removal(record)
        assert refused.value.code == "cited"
    refuse_removal(free)


def test_apps_say_what_cites_the_register(monkeypatch: pytest.MonkeyPatch) -> None:
    assert set(sources()) >= {"question", "lesson", "suggestion"}
    monkeypatch.setattr(citing, "_sources", {})
    citing.register_citing("papan", "Papan", lambda bases, user: [Cited(min(bases), "papan", "Papan satu")])
    with pytest.raises(ValidationError):
        refuse_removal(make_basis("UU 6/2014 Ps 3"))
