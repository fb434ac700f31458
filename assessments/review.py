"""The approval of drafts of questions, as a workflow of Wagtail."""

from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from wagtail.models import GroupApprovalTask, Workflow, WorkflowContentType, WorkflowTask

from assessments.registry import kinds

REVIEW = "Pemeriksaan soal"


@transaction.atomic
def set_up_review(group: Group) -> None:
    """Let ``group`` approve drafts of all kinds of question. What administrators set otherwise stays; only
    kinds that have no workflow yet get this one."""
    workflow = Workflow.objects.filter(name=REVIEW).first() or _new_workflow(group)
    models = ContentType.objects.get_for_models(*kinds().values(), for_concrete_models=False)
    for content_type in models.values():
        WorkflowContentType.objects.get_or_create(content_type=content_type, defaults={"workflow": workflow})


def _new_workflow(group: Group) -> Workflow:
    workflow = Workflow.objects.create(name=REVIEW)
    task = GroupApprovalTask.objects.create(name=REVIEW)
    task.groups.add(group)
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    return workflow
