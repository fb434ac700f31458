"""Trainings get a state. Those that are there go on as before: they are running."""

from django.db import migrations, models

_STATES = [
    ("rencana", "Planned"),
    ("buka", "Open to participants"),
    ("berlangsung", "Running"),
    ("tutup", "Closed"),
    ("arsip", "Archived"),
]


def _field(default):
    return models.CharField(
        choices=_STATES, db_index=True, default=default, editable=False, max_length=12, verbose_name="state"
    )


class Migration(migrations.Migration):
    dependencies = [("cohorts", "0005_moments_and_pledge_rule")]

    operations = [
        migrations.AddField(model_name="cohort", name="state", field=_field("berlangsung")),
        migrations.AlterField(model_name="cohort", name="state", field=_field("rencana")),
        migrations.AddConstraint(
            model_name="cohort",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["rencana", "buka", "berlangsung", "tutup", "arsip"])
                ),
                name="cohort_state_known",
            ),
        ),
    ]
