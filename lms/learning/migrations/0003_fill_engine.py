"""Existing attempts belong to the assessment of their form."""

from typing import Any

from django.db import migrations
from django.db.models import OuterRef, Subquery


def fill(apps: Any, schema_editor: Any) -> None:
    forms = apps.get_model("assessments", "AssessmentForm").objects.filter(pk=OuterRef("form_id"))
    attempts = apps.get_model("learning", "Attempt").objects.filter(assessment__isnull=True)
    attempts.update(assessment_id=Subquery(forms.values("assessment_id")[:1]))


class Migration(migrations.Migration):
    dependencies = [("learning", "0002_engine")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
