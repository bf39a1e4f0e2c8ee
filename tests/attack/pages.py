"""Every page of the admin, over rows in which each text that a stranger may write tries to run a script."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from django.contrib import admin
from django.urls import NoReverseMatch, reverse

from tests import factories as make

#: closes whatever it stands in (an attribute, a script, a comment, a title, a style) and then starts a script
HOSTILE = "\"'><svg/onload=alert(1)></title></style></script><script>alert(2)</script>--><img src=x onerror=alert(3)>"


def hostile_rows() -> None:
    """One of everything that comes out of an article, hostile in every text."""
    text = f"{HOSTILE} lost 12 percent of its cargo in May, {HOSTILE} said."
    mention_text = f"{HOSTILE} lost 12 percent of its cargo in May"
    publisher = make.PublisherFactory(name=HOSTILE)
    source = make.SourceFactory(name=HOSTILE, publisher=publisher)
    pair = []
    for n in (1, 2):
        article = make.ArticleFactory(
            source=source, byline=HOSTILE, url=f"https://x.example/{n}?q='><script>"
        )
        revision = make.RevisionFactory(article=article, title=HOSTILE, text=text)
        mention = make.MentionFactory(
            claim__text=HOSTILE, revision=revision, text=mention_text, wording=HOSTILE
        )
        make.QuantityFactory(mention=mention, text="12 percent", unit=HOSTILE[:20])
        make.TimeExpressionFactory(mention=mention, text="May")
        make.EntityMentionFactory(mention=mention, text=HOSTILE, entity=make.EntityFactory(name=HOSTILE[:80]))
        make.AssessmentFactory(claim=mention.claim, explanation=_explanation())
        origin = make.OriginFactory(claim=mention.claim, root=HOSTILE, reason=HOSTILE)
        make.OriginMemberFactory(origin=origin, mention=mention, words=HOSTILE)
        make.VerdictFactory(claim=mention.claim, note=HOSTILE)
        make.EventFactory(claim=mention.claim)
        pair.append(mention)
    trace = [
        {"feature": "quantity", "level": HOSTILE, "weight": 4.0, "a": HOSTILE, "b": HOSTILE, "note": HOSTILE}
        | {"conflict": 5.0, "shift": 0.0}
    ]
    comparison = make.ComparisonFactory(a=pair[0], b=pair[1], trace=trace, reasons=[HOSTILE])
    make.RelationFactory(comparison=comparison)
    job = make.JobFactory(
        title=HOSTILE, parameters={"action": "dismiss", "reason": HOSTILE, "query": HOSTILE}
    )
    part = job.parts.create(number=1, rows=[[pair[0].claim_id, 1]], changed=0, left=1)
    make.StepFactory(part=part, kind="bulk", state="failed", error=HOSTILE, error_code="unexpected")
    part.changes.create(claim=pair[0].claim, refusal=HOSTILE)
    submission = make.SubmissionFactory(label=HOSTILE, title=HOSTILE, source_name=HOSTILE)
    make.StepFactory(submission=submission, state="failed", error=HOSTILE, error_code="unexpected")


def _explanation() -> dict[str, Any]:
    return {"for": [HOSTILE], "against": [HOSTILE], "flip": HOSTILE, "missing": HOSTILE}


def admin_pages() -> list[str]:
    """The addresses of all pages of the admin that need no row, and of those about the newest row of each kind."""
    patterns: list[tuple[Any, Any]] = [(pattern, None) for pattern in admin.site.get_urls()]
    for model, registered in admin.site._registry.items():
        row = model._default_manager.order_by("pk").last()
        patterns += [(pattern, row and row.pk) for pattern in registered.get_urls()]
    found = {reverse("docs")}
    for pattern, key in patterns:
        if not getattr(pattern, "name", None):
            continue
        for arguments in ([], [key]):
            with suppress(NoReverseMatch):
                found.add(reverse(f"admin:{pattern.name}", args=arguments))
    lists = {page + "?q=x%22%27%3E%3Cscript%3Ealert(4)" for page in found if page.count("/") == 4}
    return sorted((found | lists) - {reverse("admin:logout")})
