"""What changed between two versions of a question, field by field."""

from typing import Any

from django.http import Http404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets.button import HeaderButton
from wagtail.snippets.views import snippets

from assessments.queries import load_questions
from assessments.questions.base import Question
from assessments.viewsets.screens import question_url


class DraftsCompareView(snippets.RevisionsCompareView):
    """Two drafts of one version, as Wagtail compares them."""

    def setup(self, request: Any, pk: int, revision_id_a: str, revision_id_b: str, **kwargs: Any) -> None:
        for name in (revision_id_a, revision_id_b):
            if name not in ("live", "earliest", "latest") and not (name.isdecimal() and len(name) < 19):
                raise Http404
        super().setup(request, pk, revision_id_a, revision_id_b, **kwargs)


class VersionsView(snippets.RevisionsCompareView):
    """A version beside the one before it, or beside the version in ``?with=``."""

    permission_required = None
    any_permission_required = ["view", "change"]
    page_title = gettext_lazy("What changed")

    def setup(self, request: Any, pk: int, *args: Any, **kwargs: Any) -> None:
        super().setup(request, pk, "former", "this", *args, **kwargs)

    @cached_property
    def other(self) -> Question:
        versions = self.model.objects.filter(code=self.object.code).exclude(pk=self.object.pk)
        wanted = self.request.GET.get("with", "")
        found = (
            versions.filter(pk=wanted).first()
            if wanted.isdecimal() and len(wanted) < 19
            else versions.filter(version__lt=self.object.version).order_by("-version").first()
        )
        if found is None:
            raise Http404
        return found

    def _get_revision_and_heading(self, revision_id: str) -> tuple[Question, str]:
        both = load_questions([self.object.pk, self.other.pk])
        question = both[self.object.pk if revision_id == "this" else self.other.pk]
        if revision_id != "this":
            follow_lineage(question, both[self.object.pk])
        return question, _("version %(number)d") % {"number": question.version}

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        back = question_url(self.object, "inspect")
        return [HeaderButton(_("Back to the question"), url=back, icon_name="arrow-left")]


def follow_lineage(question: Question, other: Question) -> None:
    """Call the options of ``question``, in memory, as the same options of ``other`` are called."""
    for relation in question.prefetch:
        names = {row.lineage: row.pk for row in getattr(other, relation).all()}
        rows = list(getattr(question, relation).all())
        for row in rows:
            row.pk = names.get(row.lineage, row.pk)
        setattr(question, relation, rows)
