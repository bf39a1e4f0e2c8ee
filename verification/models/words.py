"""The closed vocabularies of the four axes, the workflow, the events and the relations."""

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


class EventKind(models.TextChoices):
    """What an event of a claim tells, with what that means. A claim's moves go by the name of where it moved to."""

    DETECTED = "detected", "the machine made it a claim of its own"
    QUEUED = "queued", "put into the queue"
    IN_REVIEW = "in_review", "taken up for review, or sent back to it"
    SECOND_REVIEW = "second_review", "decided once, and waits for another person"
    DECIDED = "decided", "given a verdict"
    PUBLISHED = "published", "its verdict was published"
    DISMISSED = "dismissed", "set aside, for a reason"
    MERGED_INTO = "merged_into", "merged into another claim, to which its address leads"
    REOPENED = "reopened", "opened again, for a reason"
    RETRACTED = "retracted", "its published verdict was withdrawn, for a reason"
    ABSORBED = "absorbed", "another claim was merged into it"
    SPLIT_OFF = "split_off", "stands for itself again after a merge"
    UNDONE = "undone", "a verdict, judgement, merge or split was taken back"
    PUT_BACK = "put_back", "its move or flag, one of many at once, was undone"
    FLAGGED = "flagged", "a lead shall look at it"
    UNFLAGGED = "unflagged", "a lead has looked at it"
    ASSESSED = "assessed", "what stands behind it, or whether that is current, changed"
    DUE = "due", "its shelf life has ended"
    SOURCE_EDITED = "source_edited", "an article says the same in other words"
    SOURCE_CHANGED = "source_changed", "an article says something else, or nothing, of it"
    SOURCE_CORRECTED = "source_corrected", "an article takes it back"
    SOURCE_RETRACTED = "source_retracted", "an article that says it was retracted"
    SOURCE_GONE = "source_gone", "an article that says it was taken down"
    SOURCE_BACK = "source_back", "an article that had dropped it says it again"
    ARTICLE_REMOVED = "article_removed", "a person removed an article that says it"
    JUDGED_SAME = "judged_same", "a person said that it is the same as another"
    JUDGED_DIFFERENT = "judged_different", "a person said that it and another are not the same"
    JUDGED_UNSURE = "judged_unsure", "a person left to the machine whether it is the same as another"
    SPLIT = "split", "a person took mentions out of it"
    ORIGIN_CUT = "origin_cut", "a person set two of its mentions apart as origins"
    ORIGIN_JOIN = "origin_join", "a person made one origin of two of its mentions"
    ORIGIN_UNDONE = "origin_undone", "a person left two of its origins to the machine again"


class Status(models.TextChoices):
    """The one word that clients see: a decided verdict, else one of these."""

    CORROBORATED = "corroborated", "corroborated: independent origins agree"
    DISPUTED = "disputed", "disputed: independent origins conflict"
    UNVERIFIED = "unverified"
