"""An article is read with its mentions marked, each leading to its claim; whatever it says is only text."""

import html
import re

import pytest
from django.test import Client
from django.urls import reverse

from tests import factories as make

pytestmark = pytest.mark.django_db


def page(article) -> str:
    return reverse("admin:claims_article_change", args=[article.pk])


def marked(content: str) -> list[str]:
    """The words inside marks, in order."""
    found = re.findall(r"<mark[^>]*>(?:<a[^>]*>)?(.*?)(?:</a>)?</mark>", content, re.DOTALL)
    return [html.unescape(words) for words in found]


def shown_text(content: str) -> str:
    """The article's text as it is shown, without marks and numbers."""
    text = re.search(r'<article class="text"[^>]*>(.*?)</article>', content, re.DOTALL)
    assert text is not None
    return html.unescape(re.sub(r"<[^>]*>", "", re.sub(r"<sup.*?</sup>", "", text[1])))


def test_the_text_is_shown_whole_and_each_mention_leads_to_its_claim(admin_client: Client) -> None:
    revision = make.RevisionFactory()
    mention = make.MentionFactory(revision=revision)
    content = admin_client.get(page(revision.article)).content.decode()
    assert shown_text(content) == revision.text
    assert marked(content) == [mention.text]
    assert (
        f'href="{reverse("admin:claims_claim_change", args=[mention.claim_id])}#mention-{mention.pk}"'
        in content
    )


def test_nested_mentions_are_both_marked(admin_client: Client) -> None:
    revision = make.RevisionFactory()
    make.MentionFactory(
        revision=revision, text="The harbour of Port Ellery lost 12 percent of its cargo in May"
    )
    make.MentionFactory(revision=revision, text="lost 12 percent of its cargo")
    content = admin_client.get(page(revision.article)).content.decode()
    assert marked(content) == ["The harbour of Port Ellery ", "lost 12 percent of its cargo", " in May"]
    assert shown_text(content) == revision.text


def test_what_an_article_says_is_escaped_everywhere(admin_client: Client) -> None:
    evil = "<script>alert(1)</script> & <img src=x onerror=alert(2)>"
    article = make.ArticleFactory(url="javascript:alert(3)", byline=evil, source__name=evil)
    revision = make.RevisionFactory(article=article, title=evil, text=f"{evil} lost 12 percent.")
    claim = make.ClaimFactory(text=f'" onmouseover="alert(4) {evil}')
    mention = make.MentionFactory(
        revision=revision, claim=claim, text=f"{evil} lost 12 percent", wording=evil
    )
    make.QuantityFactory(mention=mention, measure=evil)
    content = admin_client.get(page(article)).content.decode()
    assert shown_text(content) == revision.text
    assert "<script>alert" not in content
    assert "<img" not in content
    assert 'href="javascript:' not in content
    assert '" onmouseover="' not in content


def test_who_says_it_and_what_it_counts_stand_with_the_mention(admin_client: Client) -> None:
    mention = make.MentionFactory(speaker=make.EntityFactory(name="Mara Quist", kind="person"), hedged=True)
    make.QuantityFactory(mention=mention)
    make.TimeExpressionFactory(mention=mention)
    content = admin_client.get(page(mention.revision.article)).content.decode()
    row = re.search(rf'<li id="row-{mention.pk}".*?</li>', content, re.DOTALL)
    assert row is not None
    for words in ("Mara Quist", "reported", "hedged", "12 percent", "May", "quantity"):
        assert words in row[0]


def test_an_earlier_revision_can_be_read_with_its_own_mentions(admin_client: Client) -> None:
    old = make.RevisionFactory(text="The harbour lost 12 percent.", is_current=False)
    new = make.RevisionFactory(article=old.article, number=2, text="The harbour lost 15 percent.")
    make.MentionFactory(revision=old, text="lost 12 percent")
    make.MentionFactory(revision=new, text="lost 15 percent")
    now = admin_client.get(page(old.article)).content.decode()
    then = admin_client.get(page(old.article) + "?revision=1").content.decode()
    assert marked(now) == ["lost 15 percent"]
    assert marked(then) == ["lost 12 percent"]
    assert "as it stood on" in then
    assert "as it stood on" not in now
    assert "There is no such revision" in admin_client.get(page(old.article) + "?revision=9").content.decode()


def test_the_list_tells_mentions_and_state_of_the_current_text(admin_client: Client) -> None:
    mention = make.MentionFactory()
    make.StepFactory(kind="extract", revision=mention.revision, state="failed", error="broken")
    content = admin_client.get(reverse("admin:claims_article_changelist")).content.decode()
    assert mention.revision.title in content
    assert re.search(r"revision__article__id__exact=\d+\">1</a>", content)
    assert 'badge-failed">failed' in content


def test_each_mention_has_the_mark_of_how_its_claim_stands(admin_client: Client) -> None:
    revision = make.RevisionFactory(text="Cargo fell 12 percent. Trams run late. Rain came. Snow fell.")
    for text, axes in (
        ("Cargo fell 12 percent", {"basis": "conflicting"}),
        ("Trams run late", {"verdict": "refuted", "workflow": "decided"}),
        ("Rain came", {"basis": "conflicting"}),
    ):
        claim = make.ClaimFactory(**{f"standing__{axis}": value for axis, value in axes.items()})
        make.MentionFactory(revision=revision, text=text, claim=claim)
    make.MentionFactory(revision=revision, text="Snow fell", claim=None)
    content = admin_client.get(page(revision.article)).content.decode()
    statuses = re.findall(r'<mark class="mention depth-1 status-(\w+)"', content)
    assert statuses == ["disputed", "refuted", "disputed", "not_cross_checked"]
    legend = re.findall(r'aria-hidden="true">(.+?)</span> ([\w ]+)</span> <span class="count">(\d+)', content)
    assert legend == [("≠", "disputed", "2"), ("✗", "refuted", "1"), ("…", "not cross checked", "1")]
    assert 'aria-label="mention 2, refuted"' in content  # not by colour alone
    assert 'data-number="2 ✗"' in content


def test_who_comes_from_a_dossier_finds_its_mentions_and_the_way_back(admin_client: Client) -> None:
    mention = make.MentionFactory(claim__text="Cargo fell by 12 percent.")
    dossier = reverse("admin:claims_claim_change", args=[mention.claim_id])
    place = f"{page(mention.revision.article)}?claim={mention.claim_id}"
    assert f'href="{place}#mention-{mention.pk}"' in admin_client.get(dossier).content.decode()
    content = admin_client.get(place).content.decode()
    assert f'<a href="{dossier}">← Back to claim {mention.claim_id}</a>' in content
    assert "status-unverified followed" in content
    plain = admin_client.get(page(mention.revision.article) + "?claim=nonsense").content.decode()
    assert "Back to claim" not in plain


@pytest.fixture
def edited():
    """An article of two revisions: one mention kept, one changed, one dropped, one new."""
    lines = "Trams run late.\n{}\nRain came.\n{}"
    old = make.RevisionFactory(
        text=lines.format("Cargo fell by 12 percent.", "Nobody was hurt."), is_current=False
    )
    new = make.RevisionFactory(
        article=old.article, number=2, text=lines.format("Cargo fell by 15 percent.", "Snow is <b>due</b>.")
    )
    for revision, texts in (
        (old, ("Trams run late", "Cargo fell by 12 percent", "Nobody was hurt")),
        (new, ("Trams run late", "Cargo fell by 15 percent", "Snow is <b>due</b>")),
    ):
        for text in texts:
            make.MentionFactory(revision=revision, text=text)
    return old.article


def test_revisions_stand_side_by_side_with_what_changed(admin_client: Client, edited) -> None:
    for query in ("?revision=1&against=2", "?revision=2&against=1"):
        content = admin_client.get(page(edited) + query).content.decode()
        words = [re.findall(rf"<{tag}>(.*?)</{tag}>", content) for tag in ("del", "ins")]
        assert "12 " in words[0]
        assert "15 " in words[1]
        assert "1 paragraph unchanged" in content
        assert "<b>due" not in content
        fates = re.search(r"mentions: (.*?)</p>", content, re.DOTALL)
        assert fates is not None
        assert re.findall(r"fate-(\w+)\">\w+</mark> (\d)", fates[1]) == [
            ("kept", "1"), ("changed", "1"), ("dropped", "1"), ("new", "1"),
        ]  # fmt: skip
    assert "what changed since" in admin_client.get(page(edited)).content.decode()


@pytest.mark.parametrize("query", ["?revision=1&against=9", "?revision=1&against=1", "?against=x"])
def test_revisions_that_are_not_there_are_not_compared(query: str, admin_client: Client, edited) -> None:
    assert "no two such revisions" in admin_client.get(page(edited) + query).content.decode()


@pytest.mark.parametrize("rows", [1, 12])
def test_the_pages_take_the_same_queries_for_any_number_of_rows(
    rows: int, admin_client: Client, django_assert_max_num_queries
) -> None:
    words = [f"Pier {n} lost {n} percent" for n in range(rows)]
    revision = make.RevisionFactory(text=". ".join(words))
    for text in words:
        make.QuantityFactory(mention=make.MentionFactory(revision=revision, text=text), text="percent")
        make.RevisionFactory()
    with django_assert_max_num_queries(10):
        admin_client.get(page(revision.article))
    other = make.RevisionFactory(
        article=revision.article, number=2, is_current=False, text="Nothing. " * rows
    )
    make.MentionFactory(revision=other, text="Nothing")
    with django_assert_max_num_queries(14):
        admin_client.get(page(revision.article) + "?revision=1&against=2")
    with django_assert_max_num_queries(8):
        admin_client.get(reverse("admin:claims_article_changelist"))


def test_nobody_reads_an_article_without_the_permission(client: Client) -> None:
    revision = make.RevisionFactory()
    client.force_login(make.UserFactory(is_staff=True, permissions=["claims.view_claim"]))
    assert client.get(page(revision.article)).status_code == 403
    assert client.get(reverse("admin:claims_article_changelist")).status_code == 403


def test_nothing_that_was_read_can_be_added_changed_or_deleted_by_hand(admin_client: Client) -> None:
    article = make.RevisionFactory().article
    for view in ("change", "delete"):
        url = reverse(f"admin:claims_article_{view}", args=[article.pk])
        if view == "delete":
            assert admin_client.post(url, {"post": "yes"}).status_code == 403
        else:
            admin_client.post(url, {"url": "https://other.example/"})
    assert admin_client.get(reverse("admin:claims_article_add")).status_code == 403
    article.refresh_from_db()
    assert article.url != "https://other.example/"
