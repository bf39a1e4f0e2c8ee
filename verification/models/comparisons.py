from django.conf import settings
from django.db import models
from django.db.models import F, Q

from claims.models import Article, Claim, Mention
from verification.comparison.types import Relation as RelationWord

RELATIONS = [(word.value, word.value) for word in RelationWord]


class BlockingKey(models.Model):
    """A claim is worth comparing with those that share enough of its rare keys ("entity+unit:Ukraine|%")."""

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="blocking_keys")
    key = models.CharField(max_length=250)
    words = models.CharField(max_length=250, help_text="what to tell a reviewer: shares ...")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "claim"], name="blocking_key_once")]

    def __str__(self) -> str:
        return self.key


class ArticleWord(models.Model):
    """A word of a name in an article: articles that share rare ones may tell of one event."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="words")
    word = models.CharField(max_length=80)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["word", "article"], name="article_word_once")]

    def __str__(self) -> str:
        return self.word


class KeyFrequency(models.Model):
    """How many claims have a key, or how many articles a word ("word:pell"): what is too common is not followed.

    Kept with :class:`BlockingKey` and :class:`ArticleWord`, under the lock of cross-checking.
    """

    key = models.CharField(max_length=250, primary_key=True)
    claims = models.PositiveIntegerField()

    class Meta:
        verbose_name_plural = "key frequencies"

    def __str__(self) -> str:
        return f"{self.key}: {self.claims}"


class Comparison(models.Model):
    """What the engine found when it compared two mentions, with its trace. ``a`` is the lower id."""

    a = models.ForeignKey(Mention, on_delete=models.CASCADE, related_name="comparisons_as_a")
    b = models.ForeignKey(Mention, on_delete=models.CASCADE, related_name="comparisons_as_b")
    relation = models.CharField(max_length=20, choices=RELATIONS)
    confidence = models.FloatField()
    supports = models.FloatField()
    contradicts = models.FloatField()
    neutral = models.FloatField()
    newer = models.CharField(max_length=1, blank=True, choices=[("a", "a"), ("b", "b")])
    trace = models.JSONField(default=list)
    reasons = models.JSONField(default=list, help_text="why the two were compared at all")
    engine_version = models.CharField(max_length=40)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["a", "b"], name="comparison_once"),
            models.CheckConstraint(condition=Q(a__lt=F("b")), name="comparison_in_order"),
            models.CheckConstraint(
                condition=Q(relation__in=[w.value for w in RelationWord]), name="comparison_relation_known"
            ),
            models.CheckConstraint(
                condition=Q(confidence__gte=0, confidence__lte=1), name="comparison_confidence_range"
            ),
            models.CheckConstraint(
                condition=Q(newer="") | Q(relation=RelationWord.UPDATES.value),
                name="comparison_newer_of_an_update",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.a_id} {self.relation} {self.b_id}"


class Relation(models.Model):
    """How two claims stand: the strongest of their mentions' comparisons. One row a pair; ``a`` is the lower id."""

    a = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="relations_as_a")
    b = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="relations_as_b")
    relation = models.CharField(max_length=20, choices=RELATIONS)
    confidence = models.FloatField()
    newer = models.ForeignKey(
        Claim, on_delete=models.CASCADE, null=True, blank=True, related_name="+", help_text="of an update"
    )
    comparison = models.ForeignKey(Comparison, on_delete=models.CASCADE, related_name="relations")
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["-confidence", "a", "b"]
        constraints = [
            models.UniqueConstraint(fields=["a", "b"], name="relation_once_a_pair"),
            models.CheckConstraint(condition=Q(a__lt=F("b")), name="relation_in_order"),
            models.CheckConstraint(
                condition=Q(relation__in=[w.value for w in RelationWord]), name="relation_known"
            ),
            models.CheckConstraint(
                condition=Q(confidence__gte=0, confidence__lte=1), name="relation_confidence_range"
            ),
            models.CheckConstraint(
                condition=Q(newer__isnull=True)
                | (Q(relation=RelationWord.UPDATES.value) & (Q(newer=F("a")) | Q(newer=F("b")))),
                name="relation_newer_is_one_of_them",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.a_id} {self.relation} {self.b_id}"


class Judgement(models.Model):
    """A person's word on a pair of claims. Outranks the machine, kept for ever; the latest counts."""

    class Word(models.TextChoices):
        SAME = "same"
        DIFFERENT = "different"
        UNSURE = "unsure"

    a = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="judgements_as_a")
    b = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="judgements_as_b")
    word = models.CharField(max_length=10, choices=Word)
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    note = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-created_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(a__lt=F("b")), name="judgement_in_order"),
            models.CheckConstraint(
                condition=Q(word__in=["same", "different", "unsure"]), name="judgement_word_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.a_id} {self.word} {self.b_id}"


class Tie(models.Model):
    """What a person's decision says of two mentions: they are the same, not the same, or it is not sure.

    Of several on a pair the latest counts; undoing a decision takes its ties away. ``a`` is the lower id.
    """

    decision = models.ForeignKey("verification.Event", on_delete=models.PROTECT, related_name="ties")
    a = models.ForeignKey(Mention, on_delete=models.CASCADE, related_name="ties_as_a")
    b = models.ForeignKey(Mention, on_delete=models.CASCADE, related_name="ties_as_b")
    word = models.CharField(max_length=10, choices=Judgement.Word)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["decision", "a", "b"], name="tie_once_a_decision"),
            models.CheckConstraint(condition=Q(a__lt=F("b")), name="tie_in_order"),
            models.CheckConstraint(
                condition=Q(word__in=["same", "different", "unsure"]), name="tie_word_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.a_id} {self.word} {self.b_id}"
