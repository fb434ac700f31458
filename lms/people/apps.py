from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "lms.people"
    label = "people"
    verbose_name = _("People")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django.contrib.auth import get_user_model
        from django.contrib.auth.signals import user_logged_in
        from django.db.models.signals import m2m_changed, post_delete, post_save
        from wagtail.models import GroupCollectionPermission

        from lms.people import merging, receivers
        from lms.people.models import MediaLibrary, Organisation, StaffMembership

        merging.register()
        post_save.connect(receivers.organisation_saved, Organisation, dispatch_uid="people.library")
        post_delete.connect(receivers.library_deleted, MediaLibrary, dispatch_uid="people.library")
        for signal in (post_save, post_delete):
            signal.connect(receivers.membership_changed, StaffMembership, dispatch_uid="people.authors")
            signal.connect(receivers.rights_changed, GroupCollectionPermission, dispatch_uid="people.authors")
        groups = get_user_model().groups.through
        m2m_changed.connect(receivers.groups_changed, groups, dispatch_uid="people.authors")
        user_logged_in.connect(receivers.signed_in, dispatch_uid="people.authors")
