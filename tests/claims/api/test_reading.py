"""Sources, articles and mentions as clients read them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.claims.api.calling import ROOT, as_admin, fault, ids
from tests.factories import (
    TEXT,
    ArticleFactory,
    EntityFactory,
    EntityMentionFactory,
    MentionFactory,
    PublisherFactory,
    QuantityFactory,
    RevisionFactory,
    SourceFactory,
    TimeExpressionFactory,
)

pytestmark = pytest.mark.django_db
SECOND = "Mara Quist, the harbour master, called it the worst month in nine years"


def test_sources_are_found_by_name_publisher_and_kind() -> None:
    post = SourceFactory(name="Harbour Post", publisher=PublisherFactory(name="Quay Papers"))
    wire = SourceFactory(name="Coast Wire", kind="agency")
    api = as_admin()
    sources = f"{ROOT}/sources/"
    assert ids(api.get(sources)) == [wire.pk, post.pk]
    assert ids(api.get(sources, {"name": "harbour post"})) == [post.pk]
    assert ids(api.get(sources, {"publisher": "QUAY papers"})) == [post.pk]
    assert ids(api.get(sources, {"kind": "agency,person"})) == [wire.pk]
    assert api.get(f"{sources}{post.pk}/").json() == {
        "id": post.pk,
        "name": "Harbour Post",
        "kind": "outlet",
        "publisher": "Quay Papers",
    }
    assert api.get(f"{sources}{wire.pk}/").json()["publisher"] is None


def test_articles_are_found_by_address_source_and_time() -> None:
    old = ArticleFactory(url="https://coast.example/old", published_at=datetime(2024, 1, 1, tzinfo=UTC))
    papers = PublisherFactory(name="Quay Papers")
    new = ArticleFactory(published_at=datetime(2025, 1, 1, tzinfo=UTC), source__publisher=papers)
    undated = ArticleFactory(published_at=None, source=old.source)
    api = as_admin()
    articles = f"{ROOT}/articles/"
    assert ids(api.get(articles)) == [undated.pk, new.pk, old.pk]
    assert ids(api.get(articles, {"url": "https://COAST.example/old?utm_source=mail#top"})) == [old.pk]
    assert ids(api.get(articles, {"source": old.source.name.upper()})) == [undated.pk, old.pk]
    assert ids(api.get(articles, {"publisher": "quay papers"})) == [new.pk]
    assert ids(api.get(articles, {"published_after": "2025-01-01T00:00:00Z"})) == [new.pk]
    assert ids(api.get(articles, {"published_before": "2025-01-01T00:00:00Z"})) == [old.pk]
    assert ids(api.get(articles, {"published_after": "2025-01-01T00:30:00+01:00"})) == [new.pk]
    assert ids(api.get(articles, {"published_after": "2024-12-31T23:30:00-01:00"})) == []


def test_an_article_shows_its_current_text_its_mentions_and_the_texts_it_had() -> None:
    article = ArticleFactory(byline="Ada Brook")
    before = RevisionFactory(article=article, is_current=False, text="An older text of it.", title="Old")
    MentionFactory(revision=before, text="An older text")
    now = RevisionFactory(article=article, number=2)
    later = MentionFactory(revision=now, text=SECOND)
    first = MentionFactory(revision=now)
    body = as_admin().get(f"{ROOT}/articles/{article.pk}/").json()
    assert (body["title"], body["text"], body["byline"]) == ("Cargo falls", TEXT, "Ada Brook")
    assert [mention["id"] for mention in body["mentions"]] == [first.pk, later.pk]
    shown = [(r["number"], r["current"], r["title"], r["mention_count"]) for r in body["revisions"]]
    assert shown == [(2, True, "Cargo falls", 2), (1, False, "Old", 1)]


def test_a_list_of_articles_tells_title_and_mentions_of_the_current_text_only() -> None:
    article = ArticleFactory()
    MentionFactory(revision=RevisionFactory(article=article, is_current=False))
    revision = RevisionFactory(article=article, number=2, title="Corrected")
    MentionFactory(revision=revision)
    MentionFactory(revision=revision, text=SECOND)
    (row,) = as_admin().get(f"{ROOT}/articles/").json()["results"]
    assert (row["title"], row["mention_count"]) == ("Corrected", 2)
    assert "text" not in row


def test_a_mention_shows_its_words_its_parts_and_its_place() -> None:
    mention = MentionFactory(speaker=EntityFactory(name="Mara Quist", kind="person"))
    QuantityFactory(mention=mention, change="down", measure="cargo")
    TimeExpressionFactory(mention=mention)
    EntityMentionFactory(mention=mention)
    body = as_admin().get(f"{ROOT}/mentions/{mention.pk}/").json()
    assert body["speaker"] == {"name": "Mara Quist", "kind": "person"}
    assert (body["attribution"], body["claim"], body["current"]) == ("reported", mention.claim_id, True)
    assert body["sentence"] == TEXT[body["sentence_start"] : body["sentence_end"]]
    assert body["article"]["url"] == mention.revision.article.url
    (quantity,) = body["quantities"]
    assert (quantity["value"], quantity["unit"], quantity["change"]) == (12.0, "%", "down")
    for part in (quantity, *body["times"], *body["entities"]):
        assert TEXT[part["start"] : part["end"]] == part["text"]
    assert body["entities"][0]["name"] == "Port Ellery"


def test_a_number_is_told_with_all_its_digits() -> None:
    mention = MentionFactory()
    QuantityFactory(mention=mention, value=1 / 3, low=0.1 + 0.2, high=2 / 3)
    (quantity,) = as_admin().get(f"{ROOT}/mentions/{mention.pk}/").json()["quantities"]
    assert (quantity["value"], quantity["low"], quantity["high"]) == (1 / 3, 0.1 + 0.2, 2 / 3)


def test_mentions_are_found_by_article_claim_speaker_entity_and_attribution() -> None:
    quist = EntityFactory(name="Mara Quist", kind="person")
    said = MentionFactory(speaker=quist, attribution="quoted", text=SECOND)
    other = MentionFactory()
    EntityMentionFactory(mention=other)
    EntityMentionFactory(mention=other, text="harbour", entity__name="Port Ellery")
    api = as_admin()
    mentions = f"{ROOT}/mentions/"
    assert ids(api.get(mentions)) == [other.pk, said.pk]
    assert ids(api.get(mentions, {"article": said.revision.article_id})) == [said.pk]
    assert ids(api.get(mentions, {"claim": other.claim_id})) == [other.pk]
    assert ids(api.get(mentions, {"speaker": "mara quist"})) == [said.pk]
    assert ids(api.get(mentions, {"entity": "PORT ellery"})) == [other.pk]
    assert ids(api.get(mentions, {"attribution": "quoted,denied"})) == [said.pk]
    assert ids(api.get(mentions, {"attribution": "asserted", "speaker": "Mara Quist"})) == []


def test_mentions_in_texts_that_have_changed_since_are_shown_if_asked_for() -> None:
    article = ArticleFactory()
    gone = MentionFactory(revision=RevisionFactory(article=article, is_current=False))
    there = MentionFactory(revision=RevisionFactory(article=article, number=2))
    api = as_admin()
    mentions = f"{ROOT}/mentions/"
    assert ids(api.get(mentions)) == ids(api.get(mentions, {"superseded": "false"})) == [there.pk]
    assert ids(api.get(mentions, {"superseded": "true"})) == [there.pk, gone.pk]
    assert api.get(f"{mentions}{gone.pk}/").json()["current"] is False


@pytest.mark.parametrize(
    ("resource", "parameter", "value"),
    [
        ("sources", "kind", "newspaper"),
        ("articles", "url", "nowhere"),
        ("articles", "published_after", "2025-01-01"),
        ("articles", "published_before", "0001-01-01T00:00:00+14:00"),
        ("mentions", "article", "-1"),
        ("mentions", "claim", "1.5"),
        ("mentions", "claim", "9" * 19),
        ("mentions", "claim", "9" * 40),
        ("mentions", "superseded", "yes"),
        ("mentions", "speaker", "x" * 201),
        ("mentions", "entity", "a\x00"),
        ("submissions", "state", "done,gone"),
    ],
)
def test_a_value_that_a_filter_cannot_take_is_refused(resource: str, parameter: str, value: str) -> None:
    found = fault(as_admin().get(f"{ROOT}/{resource}/", {parameter: value}))
    assert (found["where"], found["field"]) == ("query", parameter)
    assert found["value"].startswith(value[:200])


@pytest.mark.parametrize("resource", ["submissions", "sources", "articles", "mentions"])
@pytest.mark.parametrize("row_id", ["0", "4711", "9" * 19])
def test_what_is_not_there_is_a_problem(resource: str, row_id: str) -> None:
    answer = as_admin().get(f"{ROOT}/{resource}/{row_id}/")
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")
    assert row_id in answer.json()["detail"]


def test_revisions_are_found_by_article_and_whether_they_stand() -> None:
    article = ArticleFactory()
    before = RevisionFactory(article=article, is_current=False, text="An older text of it.")
    now = RevisionFactory(article=article, number=2)
    other = RevisionFactory()
    first = MentionFactory(revision=now)
    api = as_admin()
    revisions = f"{ROOT}/revisions/"
    assert ids(api.get(revisions)) == [other.pk, now.pk, before.pk]
    assert ids(api.get(revisions, {"article": article.pk})) == [now.pk, before.pk]
    assert ids(api.get(revisions, {"current": "false"})) == [before.pk]
    (row,) = api.get(revisions, {"current": "true", "article": article.pk}).json()["results"]
    assert (row["number"], row["current"], row["mention_count"]) == (2, True, 1)
    assert (row["article"]["url"], "text" in row) == (article.url, False)
    body = api.get(f"{revisions}{now.pk}/").json()
    assert (body["text"], [m["id"] for m in body["mentions"]]) == (TEXT, [first.pk])
    assert api.get(f"{revisions}{before.pk}/").json()["text"] == "An older text of it."
