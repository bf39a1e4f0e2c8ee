from django.db import models
from django.db.models.functions import Upper

models.CharField.register_lookup(Upper)  # names are looked for without regard to case, by an index on Upper


class Publisher(models.Model):
    """Who owns outlets: sister papers of one publisher are one origin for what they say on their own account."""

    name = models.CharField(max_length=200, unique=True)

    class Meta:
        ordering = ["name"]
        indexes = [models.Index(Upper("name"), name="publisher_named")]

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
        indexes = [models.Index(Upper("name"), name="source_named")]
        constraints = [
            models.CheckConstraint(condition=~models.Q(name=""), name="source_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name
