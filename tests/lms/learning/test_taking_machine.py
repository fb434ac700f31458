"""Whatever sequence of saves, cuts, reloads, devices and late deliveries: it ends as a simple model says.

The model knows four things: which event of a question is the last by (sitting, sequence, id), what it said,
whether the attempt is open, and how often it counts. Everything goes through the addresses that browsers use.
"""

import itertools
import uuid
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from lms.learning.domain import rebuild_scores
from lms.learning.models import AnswerEvent, Attempt
from lms.learning.queries import current_answers, tries_of
from tests.factories import EnrolmentFactory
from tests.helpers import sign_in_as
from tests.lms.learning.training import make_practice

pytestmark = pytest.mark.django_db
KINDS = ("single", "multiple", "true_false")
PLACES = st.sampled_from(range(1, len(KINDS) + 1))
DEVICES = st.sampled_from((0, 1))
CODES = itertools.count(1)


@dataclass(frozen=True)
class Sent:
    """An event as a browser keeps it until it is acknowledged."""

    event_id: uuid.UUID
    place: int
    sitting: int
    sequence: int
    fields: tuple[tuple[str, tuple[str, ...]], ...]
    response: Any

    @property
    def order(self) -> tuple[int, int, int]:
        return (self.sitting, self.sequence, self.event_id.int)


@dataclass
class Browser:
    """A device: its session, its sitting, and what it could not send yet."""

    client: Client
    sitting: int = 0
    sequence: int = 0
    waiting: list[Sent] = field(default_factory=list)


class Taking(RuleBasedStateMachine):
    @initialize()
    def begin(self) -> None:
        self.outer = transaction.atomic()
        self.outer.__enter__()
        # Each run is rolled back, so ids come again for other questions: none may be at hand from before.
        cache.clear()
        enrolment = EnrolmentFactory(participant__code=f"M{next(CODES):04d}")
        self.enrolment = enrolment
        self.practice = make_practice(enrolment.cohort, *KINDS, offer_dont_know=True)
        self.browsers = [Browser(Client()), Browser(Client())]
        for browser in self.browsers:
            sign_in_as(browser.client, enrolment.participant)
        start = reverse("learning:start_assigned", args=["practice", self.practice.pk])
        self.browsers[0].client.post(start, {"number": "1"})
        self.attempt = Attempt.objects.get(enrolment=enrolment)
        self.items = {item.position: item for item in self.attempt.items.all()}
        self.accepted: dict[uuid.UUID, Sent] = {}
        self.flags: dict[int, bool] = dict.fromkeys(self.items, False)
        self.open, self.void = True, False
        self.browsers[0].sitting = self.sittings = 1

    def teardown(self) -> None:
        if hasattr(self, "outer"):
            transaction.set_rollback(True)
            self.outer.__exit__(None, None, None)

    # What a person does

    @rule(device=DEVICES)
    def load(self, device: int) -> None:
        """Open or reload a page: a new sitting for a new device, and for one that comes back after it."""
        browser = self.browsers[device]
        reply = browser.client.get(reverse("learning:question", args=[self.attempt.pk, 1]))
        assert reply.status_code == (404 if self.void else 200 if self.open else 303)
        if self.open and not self.void and browser.sitting < self.sittings:
            self.sittings += 1
            browser.sitting = self.sittings
        if reply.status_code == 200:
            assert reply.context["sitting"] == browser.sitting
            browser.sequence = max(browser.sequence, reply.context["sequence"])

    @rule(device=DEVICES, place=PLACES, data=st.data(), line=st.booleans())
    def choose(self, device: int, place: int, data: Any, line: bool) -> None:
        """Give or change an answer; without a line it waits in the browser."""
        browser = self.browsers[device]
        if not browser.sitting:
            return
        fields, response = self._draw(place, data)
        browser.sequence += 1
        sent = Sent(uuid.uuid4(), place, browser.sitting, browser.sequence, fields, response)
        if line:
            self._deliver(browser, sent)
        else:
            browser.waiting.append(sent)

    @rule(device=DEVICES, place=PLACES, data=st.data())
    def cut_before_the_acknowledgement(self, device: int, place: int, data: Any) -> None:
        """The server has it, the browser does not know: it stays in the outbox and comes again."""
        browser = self.browsers[device]
        if not browser.sitting:
            return
        fields, response = self._draw(place, data)
        browser.sequence += 1
        sent = Sent(uuid.uuid4(), place, browser.sitting, browser.sequence, fields, response)
        self._deliver(browser, sent)
        browser.waiting.append(sent)

    @rule(device=DEVICES, data=st.data())
    def line_comes_back(self, device: int, data: Any) -> None:
        """What waits is delivered, in any order, some of it twice."""
        browser = self.browsers[device]
        waiting = data.draw(st.permutations(browser.waiting))
        twice = data.draw(st.lists(st.sampled_from(waiting), max_size=2)) if waiting else []
        for sent in [*waiting, *twice]:
            self._deliver(browser, sent)
        browser.waiting = []

    @rule(device=DEVICES, data=st.data())
    @precondition(lambda self: self.accepted)
    def another_answer_under_an_old_id(self, device: int, data: Any) -> None:
        old = data.draw(st.sampled_from(list(self.accepted.values())))
        fields, response = self._draw(old.place, data)
        if response == old.response:
            return
        status = self._post(self.browsers[device], Sent(old.event_id, *_rest(old), fields, response))
        assert status == (404 if self.void else 409)

    @rule(place=PLACES, device=DEVICES)
    def flag(self, place: int, device: int) -> None:
        wanted = not self.flags[place]
        url = reverse("learning:flag", args=[self.attempt.pk, place])
        reply = self.browsers[device].client.post(url, {"flagged": "1" if wanted else "0"})
        assert reply.status_code == (404 if self.void else 200)
        if self.open and not self.void:
            self.flags[place] = wanted

    @rule(device=DEVICES)
    @precondition(lambda self: len(self.accepted) > 2)
    def submit(self, device: int) -> None:
        reply = self.browsers[device].client.post(reverse("learning:submit", args=[self.attempt.pk]))
        assert reply.status_code == (404 if self.void else 303)
        self.open = self.open and self.void

    @rule()
    @precondition(lambda self: not self.open and not self.void)
    def declare_void(self) -> None:
        Attempt.objects.filter(pk=self.attempt.pk).update(voided_at=timezone.now())
        self.void = True

    # What must hold whatever was done

    @invariant()
    def the_answers_are_those_of_the_model(self) -> None:
        if not hasattr(self, "attempt"):
            return
        last: dict[int, Sent] = {}
        for sent in sorted(self.accepted.values(), key=lambda sent: sent.order):
            last[sent.place] = sent
        expected = {self.items[place].pk: sent.response for place, sent in last.items()}
        assert current_answers(self.attempt) == expected
        assert AnswerEvent.objects.filter(item__attempt=self.attempt).count() == len(self.accepted)

    @invariant()
    def the_attempt_counts_once_with_the_score_of_its_answers(self) -> None:
        if not hasattr(self, "attempt"):
            return
        self.attempt.refresh_from_db()
        assert (self.attempt.submitted_at is None) is self.open
        if not self.open:
            assert rebuild_scores(attempt=self.attempt, write=False) == []
        assert len(tries_of(self.enrolment, self.practice).all) == (0 if self.void else 1)
        assert dict(self.attempt.items.values_list("position", "flagged")) == self.flags
        assert connection.in_atomic_block

    # How it is done

    def _draw(self, place: int, data: Any) -> tuple[Any, Any]:
        """An answer to the question at a place: fields as posted, and the response that they mean."""
        item = self.items[place]
        if data.draw(st.integers(0, 5)) == 0:
            name, value = ("dont_know", "1") if item.kind == "multiple" else ("response", "dont-know")
            return ((name, (value,)),), {"dont_know": True}
        if item.kind == "multiple":
            chosen = data.draw(st.lists(st.sampled_from(item.option_order), unique=True))
            fields = (("response", tuple(chosen)),) if chosen else ()
            # However it was ticked, a set of options is one response.
            return fields, sorted(chosen) or None
        options = ["true", "false"] if item.kind == "true_false" else item.option_order
        value = data.draw(st.sampled_from(["", *options]))
        return (("response", (value,)),), value or None

    def _post(self, browser: Browser, sent: Sent) -> int:
        fields: dict[str, Any] = {name: list(values) for name, values in sent.fields}
        envelope = {"client_id": str(sent.event_id), "sitting": sent.sitting, "seq": sent.sequence}
        url = reverse("learning:save", args=[self.attempt.pk, sent.place])
        return int(browser.client.post(url, {**fields, **envelope}).status_code)

    def _deliver(self, browser: Browser, sent: Sent) -> None:
        status = self._post(browser, sent)
        if self.void:
            assert status == 404
        elif self.open or sent.event_id in self.accepted:
            assert status == 200
            self.accepted.setdefault(sent.event_id, sent)
        else:
            assert status == 409


def _rest(sent: Sent) -> tuple[int, int, int]:
    return (sent.place, sent.sitting, sent.sequence)


TestTaking = pytest.mark.django_db(Taking.TestCase)
TestTaking.settings = settings(
    max_examples=15,
    stateful_step_count=20,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
)
