from django.db import models
from django.db.models import Q


class DailyCount(models.Model):
    """How much of something there was on a day, in UTC; written by :mod:`verification.services.counting` alone.

    Names: ``submissions`` and ``articles`` that came in, ``claims`` found, ``decided`` and ``dismissed`` by
    people; ``status:<word>`` and ``workflow:<word>``, by how many the claims that stand so grew or shrank.
    """

    day = models.DateField()
    name = models.CharField(max_length=40)
    value = models.BigIntegerField()

    class Meta:
        ordering = ["day", "name"]
        constraints = [
            models.UniqueConstraint(fields=["day", "name"], name="daily_count_once"),
            models.CheckConstraint(condition=~Q(name=""), name="daily_count_has_a_name"),
        ]

    def __str__(self) -> str:
        return f"{self.day}: {self.value} {self.name}"


class CountedUpTo(models.Model):
    """One row: the position of the last event that is in the daily counts, and when that was."""

    position = models.BigIntegerField(default=0)
    at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="counted_up_to_is_one_row")]

    def __str__(self) -> str:
        return f"up to event {self.position}"
