"""What was said, by whom, where: one module an idea."""

from claims.models.answers import Answered
from claims.models.articles import Article, Revision
from claims.models.claims import Claim, ClaimWords
from claims.models.entities import Entity, EntityMention
from claims.models.feeds import Feed, FeedEvent
from claims.models.hosts import Host
from claims.models.jobs import Job, JobPart
from claims.models.keys import ApiKey
from claims.models.mentions import Mention, Quantity, TimeExpression
from claims.models.sources import Publisher, Source
from claims.models.submissions import Step, Submission
from claims.models.watches import Watch
from claims.models.webhooks import Delivery, Webhook

__all__ = [
    "Answered",
    "ApiKey",
    "Article",
    "Claim",
    "ClaimWords",
    "Delivery",
    "Entity",
    "EntityMention",
    "Feed",
    "FeedEvent",
    "Host",
    "Job",
    "JobPart",
    "Mention",
    "Publisher",
    "Quantity",
    "Revision",
    "Source",
    "Step",
    "Submission",
    "TimeExpression",
    "Watch",
    "Webhook",
]
