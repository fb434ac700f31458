"""What follow-up does when two records of one person become one: plans, pledges."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any, ClassVar

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from lms.cohorts.merging import shared_trainings
from lms.cohorts.models import Enrolment
from lms.followup.domain import merging as domain
from lms.followup.enums import PlanStatus
from lms.followup.models import Action, Plan, Pledge
from lms.followup.models.pledges import MOST_PROMISES
from lms.people.registry import Fact, Foreseen, LockRank, MergeStep, Merging, register_merge_step


class Plans(MergeStep):
    """What its owner promised in a plan or a pledge is never dropped, so both are put together."""

    code = "followup"
    order = 200
    covers = ("followup.Plan.enrolment", "followup.Pledge.enrolment")
    once = (
        "followup.Plan.enrolment",
        "followup.Pledge.pledge_version_once",
        "followup.Pledge.pledge_one_draft",
    )
    empties: ClassVar[Mapping[str, Collection[str]]] = {
        "followup.Plan": ("id", "enrolment", "status", "created_at", "submitted_at"),
        # Only drafts make room: what belongs to a signature is empty.
        "followup.Pledge": (
            "id",
            "enrolment",
            "version",
            "promises",
            "reason",
            "mode",
            "scribe_name",
            "entered_by",
            "created_at",
            "written_at",
            "signed_on",
            "means",
            "witness_name",
            "witness_role",
            "sheet",
            "recorded_by",
            "recorded_at",
        ),
    }
    carries = ("followup.Action.plan",)

    def facts(self, people: Collection[uuid.UUID]) -> list[Fact]:
        actions: dict[uuid.UUID, int] = defaultdict(int)
        rows = Action.objects.filter(plan__enrolment__participant__in=people, withdrawn_at__isnull=True)
        for person in rows.order_by().values_list("plan__enrolment__participant", flat=True):
            actions[person] += 1
        pledges: dict[uuid.UUID, int] = defaultdict(int)
        signed = Pledge.objects.filter(enrolment__participant__in=people, signed_on__isnull=False)
        for person in signed.order_by().values_list("enrolment__participant", flat=True):
            pledges[person] += 1
        return [
            Fact(
                gettext_lazy("Activities in follow-up plans"),
                {pk: str(count) for pk, count in actions.items()},
            ),
            Fact(gettext_lazy("Signed pledges"), {pk: str(count) for pk, count in pledges.items()}),
        ]

    def hold(self, rank: LockRank, people: Collection[uuid.UUID]) -> None:
        if rank == LockRank.PLANS:
            rows = Plan.objects.select_for_update(of=("self",)).filter(enrolment__participant__in=people)
            list(rows.order_by("pk"))

    def foresee(self, kept: Any, merged: Any) -> Iterable[Foreseen]:
        for stays, empties in shared_trainings(kept, merged):
            yield from _plan_sentences(stays, empties)
            yield from _pledge_sentences(stays, empties)

    def move(self, merging: Merging) -> None:
        combined, pledges, now = [], [], timezone.now()
        for stays, empties in shared_trainings(merging.kept, merging.merged):
            pledges.append(domain.combine_pledges(stays, empties, day=now))
            mine, theirs = _plans(stays, empties)
            if theirs is None:
                continue
            found = {"cohort": str(stays.cohort_id), "plan": str(theirs.pk)}
            if mine is None:
                Plan.objects.filter(pk=theirs.pk).update(enrolment=stays)
            else:
                found |= _join(mine, theirs)
            combined.append(found)
        merging.note("plans", combined)
        merging.note("pledges", [found for found in pledges if found])

    def describe(self, moved: Mapping[str, Any]) -> Iterable[str]:
        for one in moved.get("plans", ()):
            count = len(one.get("actions", ()))
            if "into" not in one:
                yield _("The follow-up plan.")
            else:
                text = ngettext(
                    "Two follow-up plans became one: %(count)d activity joined.",
                    "Two follow-up plans became one: %(count)d activities joined.",
                    count,
                )
                yield text % {"count": count}
        for one in moved.get("pledges", ()):
            count = len(one["versions"])
            text = ngettext(
                "%(count)d version of a pledge moved or got another number.",
                "%(count)d versions of a pledge moved or got another number.",
                count,
            )
            yield text % {"count": count}
            if "joined" in one:
                yield _("Two pledges that were not signed became one, with the promises of both.")


def _plan_sentences(stays: Enrolment, empties: Enrolment) -> Iterable[Foreseen]:
    mine, theirs = _plans(stays, empties)
    code = stays.cohort.code
    if theirs is None:
        return
    if mine is None:
        yield Foreseen(_("%(training)s: the follow-up plan moves.") % {"training": code})
        return
    count = theirs.actions.count()
    text = ngettext(
        "%(training)s: both have a follow-up plan. It becomes one: %(count)d activity joins it.",
        "%(training)s: both have a follow-up plan. It becomes one: %(count)d activities join it.",
        count,
    )
    yield Foreseen(text % {"training": code, "count": count}, collides=True)
    if mine.status != theirs.status:
        text = _("%(training)s: one plan was handed in, so the activities of the draft count as handed in.")
        yield Foreseen(text % {"training": code}, collides=True)


def _pledge_sentences(stays: Enrolment, empties: Enrolment) -> Iterable[Foreseen]:
    together = domain.versions_together(stays, empties)
    words = {"training": stays.cohort.code, "most": MOST_PROMISES, "count": len(together.ordered)}
    if not together.theirs:
        return
    if not together.mine:
        yield Foreseen(_("%(training)s: the pledge moves.") % words)
        return
    if together.do_not_fit:
        text = _(
            "%(training)s: both have a pledge that is not signed, together more than %(most)d promises. "
            "Write one of them with fewer promises first, or record who signed."
        )
        url = reverse("followup_pledge", args=[stays.cohort_id, together.drafts[0].enrolment_id])
        yield Foreseen(text % words, hinders=True, url=url)
    elif len(together.drafts) > 1:
        text = _("%(training)s: two pledges that are not signed become one, with the promises of both.")
        yield Foreseen(text % words, collides=True)
    if len(together.ordered) > 1:
        text = _(
            "%(training)s: the pledges of both are versions of one then, numbered by the day of signing; "
            "there are %(count)d. The last one that is signed holds."
        )
        yield Foreseen(text % words, collides=True)
    if together.signed and together.drafts:
        text = _("%(training)s: the pledge that is not signed waits as the newest version.")
        yield Foreseen(text % words, collides=True)


def _plans(stays: Enrolment, empties: Enrolment) -> tuple[Plan | None, Plan | None]:
    by_enrolment = {plan.enrolment_id: plan for plan in Plan.objects.filter(enrolment__in=[stays, empties])}
    return by_enrolment.get(stays.pk), by_enrolment.get(empties.pk)


def _join(mine: Plan, theirs: Plan) -> dict[str, Any]:
    """Activities that were handed in must not become changeable, so the later day of handing in stays."""
    written = {"into": str(mine.pk), "statuses": [mine.status, theirs.status]}
    written["submitted_at"] = [
        at.isoformat() if at else "" for at in (mine.submitted_at, theirs.submitted_at)
    ]
    keys = [str(pk) for pk in theirs.actions.values_list("pk", flat=True)]
    Action.objects.filter(plan=theirs).update(plan=mine)
    days = [at for at in (mine.submitted_at, theirs.submitted_at) if at is not None]
    if days:
        mine.status, mine.submitted_at = PlanStatus.SUBMITTED, max(days)
    mine.created_at = min(mine.created_at, theirs.created_at)
    mine.save(update_fields=["status", "submitted_at", "created_at"])
    theirs.delete()
    return {**written, "actions": keys}


def register() -> None:
    """Called once when the apps are ready."""
    register_merge_step(Plans())
