"""A person says what kind of source it is and who owns it; names, which articles find it by, stay."""

import pytest
from django.test import Client
from django.urls import reverse

from tests import factories as make

pytestmark = pytest.mark.django_db


def test_kind_and_publisher_are_set_and_the_name_stays(admin_client: Client) -> None:
    source, publisher = make.SourceFactory(name="Harbour Post"), make.PublisherFactory()
    url = reverse("admin:claims_source_change", args=[source.pk])
    admin_client.post(url, {"name": "Other", "kind": "agency", "publisher": publisher.pk})
    source.refresh_from_db()
    assert (source.name, source.kind, source.publisher) == ("Harbour Post", "agency", publisher)


def test_a_source_with_articles_is_not_deleted(admin_client: Client) -> None:
    source = make.ArticleFactory().source
    admin_client.post(reverse("admin:claims_source_delete", args=[source.pk]), {"post": "yes"})
    source.refresh_from_db()


def test_who_may_only_look_changes_nothing(client: Client) -> None:
    source = make.SourceFactory()
    client.force_login(make.UserFactory(is_staff=True, permissions=["claims.view_source"]))
    url = reverse("admin:claims_source_change", args=[source.pk])
    assert client.get(url).status_code == 200
    assert client.post(url, {"kind": "agency"}).status_code == 403


def test_an_entity_leads_to_the_mentions_that_name_it(admin_client: Client) -> None:
    named = make.EntityMentionFactory()
    make.MentionFactory(text="the harbour master")
    entities = admin_client.get(reverse("admin:claims_entity_changelist")).content.decode()
    assert f"entities__id__exact={named.entity_id}" in entities
    mentions = reverse("admin:claims_mention_changelist")
    content = admin_client.get(mentions, {"entities__id__exact": named.entity_id}).content.decode()
    assert named.mention.wording in content
    assert ">the harbour master<" not in content


def test_a_mention_is_read_where_it_stands(admin_client: Client) -> None:
    mention = make.MentionFactory()
    answer = admin_client.get(reverse("admin:claims_mention_change", args=[mention.pk]))
    article = reverse("admin:claims_article_change", args=[mention.revision.article_id])
    assert answer.url == f"{article}#mention-{mention.pk}"  # type: ignore[attr-defined]
