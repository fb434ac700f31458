"""A word that is another one whenever something was written that pages of courses are drawn from."""

import uuid
from datetime import timedelta

from django.db import connections, models
from django.utils import timezone

_KEPT = timedelta(days=1)


def new_value() -> str:
    return uuid.uuid4().hex


class TextStampManager(models.Manager["TextStamp"]):
    def now(self) -> str:
        """The stamp of this moment. One query, spared the price of Django's for it is asked at every lesson.

        The number of rows belongs to it: of two changes the one begun first may be committed last.
        """
        with connections[self.db].cursor() as cursor:
            cursor.execute(f"SELECT COUNT(*), MAX(value) FROM {self.model._meta.db_table}")
            number, newest = cursor.fetchone()
        return f"{number}.{newest}"

    def renew(self) -> None:
        """Make it another one, with the change itself: both are committed or neither. Rows are added and
        never written again, so that nobody waits for a lock."""
        self.create()

    def thin_out(self) -> None:
        """Drop what is older than a day."""
        old = self.filter(at__lt=timezone.now() - _KEPT)
        if old.exists():
            old.delete()
            self.renew()


class TextStamp(models.Model):
    """One change of what pages of courses are drawn from."""

    value = models.CharField(max_length=32, default=new_value, editable=False)
    at = models.DateTimeField(auto_now_add=True)

    objects = TextStampManager()

    def __str__(self) -> str:
        return self.value
