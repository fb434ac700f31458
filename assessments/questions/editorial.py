"""What Wagtail's drafts, approval, locks and previews mean for a question."""

import random
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from wagtail.models import DraftStateMixin, LockableMixin, PreviewableMixin, RevisionMixin, WorkflowMixin

from assessments.enums import Change
from assessments.registry import publisher, template_of

WITH_KEY = "key"


class Editorial(PreviewableMixin, WorkflowMixin, DraftStateMixin, LockableMixin, RevisionMixin, models.Model):
    """Drafts live in Wagtail's revisions; the row is what tests use. All ways to publish lead through
    ``publish``, and that through ``assessments.domain.publish_draft``: an answered row never changes."""

    change = models.CharField(
        _("what this change is"),
        max_length=8,
        choices=Change.choices,
        default=Change.WORDING,
        help_text=_(
            "People have answered this question. Say whether the right answer itself was wrong: then the "
            "results of those who answered can be looked at again."
        ),
    )
    use_in_forms = models.BooleanField(
        _("use the new version in tests"),
        default=False,
        help_text=_(
            "People have answered this question, so your change becomes a new version. Tests keep the "
            "old one, so that the pre-test and the post-test of a training stay alike. "
            "Tick this if the old one was wrong."
        ),
    )

    class Meta:
        abstract = True

    @classmethod
    def get_base_content_type(cls) -> ContentType:
        """The kind itself: polymorphic managers give Wagtail the kind wherever it asks for the base."""
        return cls.get_content_type()

    def with_content_json(self, content: Any) -> Any:
        """A draft may not touch what says which version this is and whether it may be used."""
        draft = super().with_content_json(content)
        for name in ("polymorphic_ctype_id", "code", "version", "is_current", "retired_at", "corrects_id"):
            setattr(draft, name, getattr(self, name))
        for relation in self.prefetch:  # type: ignore[attr-defined]
            for row in getattr(draft, relation).all():
                # JSON made a text of the identity; forms would not find the option again.
                row.pk = row._meta.pk.to_python(row.pk)
        return draft

    def publish(self, revision: Any, user: Any = None, **options: Any) -> Any:
        """Make a draft what tests use; see ``assessments.domain.publish_draft``."""
        return publisher()(question=self, revision=revision, user=user, **options)

    def unpublish(self, *args: Any, **kwargs: Any) -> None:
        """Refused: a test that has a question keeps it. Retiring keeps it out of new tests."""
        raise ValidationError(
            _("A published question is not taken back. Retire it: then no new test uses it."), code="retire"
        )

    # Previews

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        return [("", _("Participant")), (WITH_KEY, _("With the key"))]

    def serve_preview(self, request: Any, mode_name: str) -> TemplateResponse:
        """What a participant sees, in the participant's style sheet; the key only if it was asked for."""
        # Always the same drawing for the same version, so that two trainers talk about one picture.
        order = self.draw_order(random.Random(self.pk or 0))  # type: ignore[attr-defined]
        context = {"payload": self.participant_payload(order)}  # type: ignore[attr-defined]
        if mode_name == WITH_KEY:
            kind = self.kind  # type: ignore[attr-defined]
            context |= {"question": self, "key_template": template_of(kind, "key")}
        return TemplateResponse(request, "assessments/question_preview.html", context)
