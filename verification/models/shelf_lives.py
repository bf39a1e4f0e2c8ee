from django.core.exceptions import ValidationError
from django.db import models

from verification import freshness


def known_kind(name: str) -> None:
    """Raise ValidationError unless the table has such a kind."""
    names = [life.name for life in freshness.shelf_lives()]
    if name not in names:
        raise ValidationError(f"there is no kind of claim {name!r}: give one of {', '.join(names)}")


class ShelfLife(models.Model):
    """A newsroom's own shelf life for a kind of claim, in place of the one that ships.

    See :mod:`verification.freshness` for the kinds.
    """

    name = models.CharField("kind of claim", max_length=40, unique=True, validators=[known_kind])
    days = models.PositiveIntegerField(help_text="until it is due for another look; 0: never")

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "shelf lives"
        constraints = [
            models.CheckConstraint(condition=~models.Q(name=""), name="shelf_life_has_a_name"),
            models.CheckConstraint(condition=models.Q(days__lte=36_500), name="shelf_life_within_a_century"),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.days} days"
