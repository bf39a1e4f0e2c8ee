"""Taking an article out: what it said no longer counts, and what stood before it came stands again."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q

from claims.models import Article, Mention, Step
from claims.services.locks import one_at_a_time
from verification.models import Event
from verification.models.words import EventKind
from verification.services import relating
from verification.services.assessing import assess
from verification.services.blocking import forget_words, rekey
from verification.services.crosschecking import settle
from verification.services.grouping import regroup
from verification.workflow import NotAllowed

REMOVE = "claims.delete_article"


@transaction.atomic
def remove_article(article_id: int, *, actor: User, reason: str) -> None:
    """Delete an article with all that was read in it. Claims keep their rows and their events.

    What was handed in stays on record without it: a feed that listed it does not bring it back, a person who hands
    it in again has it read anew (:func:`claims.services.submitting.submit`). Raises NotAllowed, also without a reason.
    """
    if not actor.has_perm(REMOVE):
        raise NotAllowed(f"{actor.get_username()} may not do this: it needs the permission {REMOVE}")
    if not reason.strip():
        raise NotAllowed("give a reason: why is the article removed?")
    # A worker holds its steps when it comes to the other lock: in another order each would wait for the other.
    steps = Step.objects.filter(Q(article=article_id) | Q(revision__article=article_id))
    list(steps.select_for_update(of=("self",)).order_by("pk").values_list("pk"))
    one_at_a_time("crosscheck")
    article = Article.objects.select_for_update().get(pk=article_id)
    own = Mention.objects.filter(revision__article=article, claim__isnull=False)
    claims = {claim_id for claim_id in own.values_list("claim_id", flat=True) if claim_id is not None}
    around = relating.neighbours(claims)
    Event.objects.bulk_create(
        Event(
            claim_id=claim_id,
            kind=EventKind.ARTICLE_REMOVED,
            actor=actor,
            reason=reason,
            evidence={"article": article.url},
        )
        for claim_id in sorted(claims)
    )
    forget_words(article_id)
    article.delete()
    rest = Mention.objects.filter(claim__in=claims, revision__is_current=True).values_list("pk", flat=True)
    regrouped = regroup(list(rest), reason=reason)
    rekey(claims)
    settle(regrouped.touched | claims)
    assess(around)
