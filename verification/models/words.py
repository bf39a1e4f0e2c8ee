"""The closed vocabularies of the four axes, the workflow and the relations."""

from django.db import models


class Basis(models.TextChoices):
    """What the machine found to stand behind a claim."""

    NONE = "none", "nobody stands behind it"
    SINGLE_ORIGIN = "single_origin", "one origin"
    MULTI_ORIGIN = "multi_origin", "several independent origins"
    CONFLICTING = "conflicting", "independent origins conflict"


class Freshness(models.TextChoices):
    CURRENT = "current"
    DUE = "due", "due for another look"
    SUPERSEDED = "superseded", "superseded by a newer value"
    SOURCE_CHANGED = "source_changed", "its source changed"


class VerdictWord(models.TextChoices):
    """What a person decides."""

    SUPPORTED = "supported"
    MOSTLY_SUPPORTED = "mostly_supported", "mostly supported"
    MIXED = "mixed"
    MOSTLY_REFUTED = "mostly_refuted", "mostly refuted"
    REFUTED = "refuted"
    MISLEADING_CONTEXT = "misleading_context", "misleading context"
    UNVERIFIABLE = "unverifiable"


class Workflow(models.TextChoices):
    DETECTED = "detected"
    QUEUED = "queued"
    IN_REVIEW = "in_review", "in review"
    SECOND_REVIEW = "second_review", "second review"
    DECIDED = "decided"
    PUBLISHED = "published"
    DISMISSED = "dismissed"
    MERGED_INTO = "merged_into", "merged into another"
    REOPENED = "reopened"
    RETRACTED = "retracted"


class Status(models.TextChoices):
    """The one word that clients see: a decided verdict, else one of these."""

    CORROBORATED = "corroborated", "corroborated: independent origins agree"
    DISPUTED = "disputed", "disputed: independent origins conflict"
    UNVERIFIED = "unverified"
