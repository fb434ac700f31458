"""Nobody loses sight of a training by the upgrade.

Who may add trainings is an organiser and goes on to see all of them. Everybody else who works for an
organisation is assigned to the trainings that it has now; administrators take out who does not belong.
"""

from django.conf import settings
from django.db import migrations

_SEE_ALL = "see_all_trainings"


def keep_sight(apps, schema_editor):
    database = schema_editor.connection.alias
    Membership = apps.get_model("people", "StaffMembership")
    Cohort = apps.get_model("cohorts", "Cohort")
    Facilitator = apps.get_model("cohorts", "Facilitator")
    seeing = _let_organisers_see_all(apps, database)
    cohorts = {}
    for pk, organisation in Cohort.objects.using(database).values_list("pk", "organisation_id"):
        cohorts.setdefault(organisation, []).append(pk)
    rows = [
        Facilitator(cohort_id=cohort, user_id=user, role="pelatih")
        for user, organisation in Membership.objects.using(database)
        .exclude(user__is_superuser=True)
        .values_list("user_id", "organisation_id")
        if user not in seeing
        for cohort in cohorts.get(organisation, ())
    ]
    Facilitator.objects.using(database).bulk_create(rows, batch_size=500)


def _let_organisers_see_all(apps, database):
    """Give the permission to groups and accounts that may add trainings; returns the keys of the accounts."""
    Permission = apps.get_model("auth", "Permission")
    ContentType = apps.get_model("contenttypes", "ContentType")
    adding = Permission.objects.using(database).filter(
        content_type__app_label="cohorts", codename="add_cohort"
    ).first()
    if adding is None:
        return set()
    # The permission itself is made after all migrations; until then it is made here.
    content_type, _made = ContentType.objects.using(database).get_or_create(
        app_label="people", model="organisation"
    )
    seeing, _made = Permission.objects.using(database).get_or_create(
        content_type=content_type,
        codename=_SEE_ALL,
        defaults={"name": "Can see all trainings of the organisation"},
    )
    User = apps.get_model(*settings.AUTH_USER_MODEL.split("."))
    for group in adding.group_set.all():
        group.permissions.add(seeing)
    users = User.objects.using(database)
    for user in users.filter(user_permissions=adding):
        user.user_permissions.add(seeing)
    return set(users.filter(groups__permissions=adding).values_list("pk", flat=True)) | set(
        users.filter(user_permissions=adding).values_list("pk", flat=True)
    )


def _nothing(apps, schema_editor):
    """Rows and permissions stay: older code does not look at them."""


class Migration(migrations.Migration):
    dependencies = [
        ("cohorts", "0007_team"),
        ("people", "0005_see_all_trainings"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [migrations.RunPython(keep_sight, _nothing)]
