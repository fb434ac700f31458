"""What somebody should look at in minutes before they are signed. It warns; it never forbids a draft."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from django.utils.translation import gettext as _

from assessments.legal import Revocations, revoked_rules
from lms.deliberations.enums import MinutesKind, SignatoryRole
from lms.deliberations.models import Minutes, Proposal, Signatory
from lms.deliberations.money import is_unlikely, parse_rupiah
from lms.people.enums import Sex
from lms.people.names import hamlet_name, plain, same_hamlet
from lms.press.indonesian import rupiah

_FEWEST_RESIDENTS = 2


def warnings_of(minutes: Minutes, *, hamlets: Sequence[str], today: date) -> list[str]:
    """Plain sentences, the gravest first. ``hamlets`` are the known spellings, ``today`` is the village's."""
    proposals = list(minutes.proposals.all())
    signatories = list(minutes.signatories.all())
    return [
        *_about_date(minutes, today),
        *_about_words(minutes),
        *_about_signatories(signatories),
        *_about_people(minutes),
        *_about_proposals(proposals),
        *_about_hamlets([minutes.dusun, *(each.dusun for each in proposals)], hamlets),
        *revoked_in(minutes.legal_basis),
    ]


def revoked_in(citation: str, revocations: Revocations | None = None) -> Iterator[str]:
    """A sentence for each regulation in a citation that is not in force any more."""
    for rule in revoked_rules(citation, revocations):
        if rule.by:
            yield _("%(rule)s is revoked. %(by)s is in its place.") % {"rule": rule.rule, "by": rule.by}
        else:
            yield _("%(rule)s is revoked.") % {"rule": rule.rule}


def hamlet_warning(dusun: str, known: Iterable[str]) -> str:
    """Asks whether a hamlet is the one that is known by nearly the same name; empty if there is no doubt.

    ``known`` begins with the most frequent spelling: Peibulak and Pie Bulak ask for Piebulak.
    """
    near = next((each for each in known if dusun and same_hamlet(dusun, each)), "")
    if not near or _bare(near) == _bare(dusun):
        return ""
    return _("Hamlet “%(written)s”: is it “%(near)s”? Then write it so.") % {"written": dusun, "near": near}


def _bare(dusun: str) -> str:
    return plain(hamlet_name(dusun))


def _about_date(minutes: Minutes, today: date) -> Iterator[str]:
    if minutes.held_on > today:
        yield _("The date is in the future. Minutes become final only after the deliberation.")


def _about_words(minutes: Minutes) -> Iterator[str]:
    missing = [
        str(Minutes._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
        for name in ("place", "chair", "note_taker", "matters", "results")
        if not getattr(minutes, name).strip()
    ]
    if missing:
        yield _("Still empty: %(fields)s.") % {"fields": ", ".join(missing)}
    if minutes.kind == MinutesKind.HAMLET and not minutes.dusun:
        yield _("It does not say yet of which hamlet the deliberation is.")


def _about_signatories(signatories: list[Signatory]) -> Iterator[str]:
    residents = sum(each.role == SignatoryRole.RESIDENT for each in signatories)
    if residents < _FEWEST_RESIDENTS:
        yield _("Representatives of residents who sign: %(count)s. At least two are good, one a woman.") % {
            "count": residents
        }
    if not any(each.sex == Sex.FEMALE for each in signatories):
        yield _("No woman is among those who sign. Ask a woman among the residents to sign, too.")


def _about_people(minutes: Minutes) -> Iterator[str]:
    present = minutes.present
    if present is None:
        yield _("It does not say yet how many men and women came.")
        return
    if minutes.women == 0:
        yield _("No woman came. Were women invited, at a time and place that suit them?")
    if minutes.quorum is not None and present < minutes.quorum:
        yield _("%(present)s people came and %(quorum)s are needed: the quorum is not reached.") % {
            "present": present,
            "quorum": minutes.quorum,
        }
    for name in ("elders", "youth", "with_disability", "poor"):
        if (getattr(minutes, name) or 0) > present:
            label = Minutes._meta.get_field(name).verbose_name  # type: ignore[union-attr]
            yield _("More people are counted as “%(label)s” than came at all.") % {"label": label}


def _about_proposals(proposals: list[Proposal]) -> Iterator[str]:
    if not proposals:
        yield _("No proposal is written down yet.")
    for place, proposal in enumerate(proposals, start=1):
        if question := cost_question(proposal.cost_typed, proposal.cost):
            yield _("Proposal %(place)s: %(question)s") % {"place": place, "question": question}
        if (proposal.vulnerable or 0) > (proposal.men or 0) + (proposal.women or 0):
            yield _("Proposal %(place)s: more vulnerable people benefit than people at all.") % {
                "place": place
            }
    ranks = Counter(each.rank for each in proposals if each.rank is not None)
    for rank, count in ranks.items():
        if count > 1:
            yield _("Priority %(rank)s is given to %(count)s proposals.") % {"rank": rank, "count": count}


def cost_question(typed: str, cost: int | None) -> str:
    """What to ask about an amount that could have been meant otherwise, or an empty text."""
    if cost is None:
        return ""
    if typed and parse_rupiah(typed).is_doubtful:
        return _("you wrote “%(typed)s”. Do you mean %(amount)s?") % {"typed": typed, "amount": rupiah(cost)}
    return _("%(amount)s is unusual. Is it right?") % {"amount": rupiah(cost)} if is_unlikely(cost) else ""


def _about_hamlets(written: Iterable[str], known: Sequence[str]) -> Iterator[str]:
    seen: dict[str, str] = {}
    for dusun in written:
        if not dusun or _bare(dusun) in seen:
            continue
        # The records know better than this paper; within it the first spelling is asked for.
        warning = hamlet_warning(dusun, [*known, *seen.values()])
        seen[_bare(dusun)] = dusun
        if warning:
            yield warning
