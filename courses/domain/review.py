"""The way of a page from its author over a second reader to the public, as a workflow of Wagtail."""

from django.contrib.auth.models import Group
from django.db import transaction
from wagtail.models import Workflow, WorkflowPage, WorkflowTask

from courses.domain.rights import give_rights
from courses.models import CoursePage, SecondReaderTask

REVIEWER = "Pemeriksa materi"
REVIEW = "Pemeriksaan materi"
# Wagtail publishes in the name of who approves, so "publish" is needed; "change" is not: a page that waits
# for them is open to them in the editor, every other is none of their business.
_REVIEWING = ("publish_page", "lock_page", "unlock_page")


@transaction.atomic
def set_up_page_review(group: Group) -> None:
    """Send drafts of all courses to ``group``. What administrators set otherwise stays."""
    if not Workflow.objects.filter(name=REVIEW).exists():
        workflow = Workflow.objects.create(name=REVIEW)
        task = SecondReaderTask.objects.create(name=REVIEW)
        task.groups.add(group)
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    for course in CoursePage.objects.all():
        open_to_reviewers(course)


def open_to_reviewers(course: CoursePage) -> None:
    """Put a course under the workflow and give its readers their rights, if roles were set up."""
    workflow = Workflow.objects.filter(name=REVIEW, active=True).first()
    group = Group.objects.filter(name=REVIEWER).first()
    if workflow is None or group is None:
        return
    WorkflowPage.objects.get_or_create(page_id=course.pk, defaults={"workflow": workflow})
    give_rights(group, course, _REVIEWING)
