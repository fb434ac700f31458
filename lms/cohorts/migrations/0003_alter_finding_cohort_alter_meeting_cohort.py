# Children of a cohort are edited with it (modelcluster).

import django.db.models.deletion
import modelcluster.fields
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('cohorts', '0002_initial'),
    ]

    operations = [
        migrations.AlterField(
            model_name='finding',
            name='cohort',
            field=modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.PROTECT, related_name='findings', to='cohorts.cohort'),
        ),
        migrations.AlterField(
            model_name='meeting',
            name='cohort',
            field=modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.PROTECT, related_name='meetings', to='cohorts.cohort'),
        ),
    ]
