from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Upper


class Entity(models.Model):
    """A person, body, country, place, ... under its canonical name."""

    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, db_index=True)

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "entities"
        indexes = [models.Index(Upper("name"), name="entity_named")]
        constraints = [
            models.UniqueConstraint(fields=["name", "kind"], name="entity_once"),
            models.CheckConstraint(condition=~Q(name=""), name="entity_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


class EntityMention(models.Model):
    """Where a mention names an entity."""

    mention = models.ForeignKey("claims.Mention", on_delete=models.CASCADE, related_name="entity_mentions")
    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="entity_mentions")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    text = models.CharField(max_length=300)

    class Meta:
        ordering = ["mention", "start"]
        constraints = [
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="entity_mention_span"),
            models.UniqueConstraint(fields=["mention", "entity", "start", "end"], name="entity_mention_once"),
        ]

    def __str__(self) -> str:
        return self.text
