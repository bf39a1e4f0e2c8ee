from django.db import models


class Publisher(models.Model):
    """Who owns outlets: sister papers of one publisher are one origin for what they say on their own account."""

    name = models.CharField(max_length=200, unique=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Source(models.Model):
    """Who publishes: an outlet, an agency, a government body, a person."""

    class Kind(models.TextChoices):
        OUTLET = "outlet"
        AGENCY = "agency"
        GOVERNMENT = "government", "government body"
        ORGANISATION = "organisation"
        PERSON = "person"

    name = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.OUTLET)
    publisher = models.ForeignKey(
        Publisher, on_delete=models.PROTECT, null=True, blank=True, related_name="sources"
    )

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(name=""), name="source_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name
