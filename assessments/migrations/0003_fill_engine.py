"""Existing options get a lineage each (the column's default was drawn once for all), and tests in use stay so."""

import uuid
from typing import Any

from django.db import migrations


def fill(apps: Any, schema_editor: Any) -> None:
    for name in ("Choice", "MatchPair", "OrderingStep"):
        model = apps.get_model("assessments", name)
        rows = list(model.objects.only("pk"))
        for row in rows:
            row.lineage = uuid.uuid4()
        model.objects.bulk_update(rows, ["lineage"], batch_size=200)
    apps.get_model("assessments", "Assessment").objects.update(live=True)


class Migration(migrations.Migration):
    dependencies = [("assessments", "0002_engine")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
