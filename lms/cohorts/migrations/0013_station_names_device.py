import django.db.models.deletion
from django.db import migrations, models
from django.utils import timezone


def remove_unnumbered(apps, schema_editor):
    """Devices are registered anew: the old hash of a browser cannot be turned into that of its number."""
    apps.get_model("cohorts", "Station").objects.filter(removed_at=None).update(removed_at=timezone.now())


class Migration(migrations.Migration):

    dependencies = [
        ('cohorts', '0012_experience_notes'),
        ('people', '0006_merging_people'),
    ]

    operations = [
        migrations.RemoveConstraint(model_name='station', name='station_device_once'),
        migrations.RunPython(remove_unnumbered, migrations.RunPython.noop),
        migrations.RemoveField(model_name='station', name='device'),
        migrations.AddField(
            model_name='station',
            name='device',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='stations', to='people.device'),
        ),
        migrations.AddConstraint(
            model_name='station',
            constraint=models.UniqueConstraint(condition=models.Q(('removed_at__isnull', True)), fields=('cohort', 'device'), name='station_device_once'),
        ),
        migrations.AddConstraint(
            model_name='station',
            constraint=models.CheckConstraint(condition=models.Q(('device__isnull', False), ('removed_at__isnull', False), _connector='OR'), name='station_that_counts_has_device'),
        ),
    ]
