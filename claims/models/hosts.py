from django.db import models
from django.utils import timezone


class Host(models.Model):
    """A web server and when it may be asked next, whichever worker asks. Written by :mod:`claims.services.politeness`.

    ``next_at`` is the theoretical arrival time of the generic cell rate algorithm (ITU-T I.371); ``booked_until``
    is the end of the queue of those who were told to come again.
    """

    name = models.CharField(
        max_length=300, unique=True, help_text="with its port, if that is not the usual one"
    )
    next_at = models.DateTimeField(default=timezone.now)
    booked_until = models.DateTimeField(default=timezone.now)
    left_alone_until = models.DateTimeField(
        null=True, blank=True, help_text="it asked for that (Retry-After)"
    )
    crawl_delay = models.FloatField(null=True, blank=True, help_text="seconds, by its robots.txt")
    robots = models.TextField(null=True, blank=True, help_text="its robots.txt; empty: it has none")  # noqa: DJ001 # null: never read
    robots_until = models.DateTimeField(null=True, blank=True, help_text="when it is read again")

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(name=""), name="host_has_a_name"),
            models.CheckConstraint(
                condition=models.Q(crawl_delay__isnull=True) | models.Q(crawl_delay__gte=0),
                name="host_crawl_delay_is_time",
            ),
        ]

    def __str__(self) -> str:
        return self.name
