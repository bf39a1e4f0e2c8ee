"""``manage.py ingest``: what goes in, what is refused with which words, and that twice changes nothing."""

from __future__ import annotations

import http.server
import json
import threading
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from claims.models import Article, Claim, Mention, Revision, Step, Submission

pytestmark = pytest.mark.django_db

REPORT = (
    "The harbour of Port Ellery handled 1.2 million tonnes of cargo in 2024, the port authority said on Monday. "
    "The figure was 8% lower than in 2023."
)
PAGE = f"""<!doctype html><html lang="en"><head><title>Cargo falls at Port Ellery</title>
<meta property="article:published_time" content="2025-03-03T08:00:00Z"></head>
<body><nav>Home News Sport</nav><article><h1>CARGO FALLS AT PORT ELLERY</h1><p>{REPORT}</p>
<p>Dockers said that the new terminal had opened in June 2023 and employs 340 people.</p></article>
<footer>Subscribe to get the latest posts</footer></body></html>"""


def ingest(*arguments: object) -> int:
    """Run the command with --wait; returns its exit status."""
    try:
        call_command("ingest", *map(str, arguments), "--wait")
    except SystemExit as stop:
        return int(stop.code or 0)
    return 0


def error_of(label: object) -> tuple[str, str]:
    step = Step.objects.get(submission__label=str(label))
    assert step.state == "failed"
    return step.error_code, step.error


def everything() -> list[list[object]]:
    models = (Article, Revision, Mention, Claim, Submission, Step)
    return [list(model.objects.order_by("pk").values()) for model in models]


def test_text_html_and_json_lines_in_a_folder(tmp_path: Path):
    (tmp_path / "report.txt").write_text(REPORT)
    (tmp_path / "page.html").write_text(PAGE)
    (tmp_path / "picture.png").write_bytes(b"\x89PNG")
    lines = [
        {"url": "https://a.example/1", "source": "Ellery Post", "text": REPORT + " Nobody was hurt."},
        {"url": "https://a.example/2", "source": "Ellery Post", "html": PAGE, "published": "2025-03-04"},
    ]
    (tmp_path / "articles.jsonl").write_text("\n".join(json.dumps(line) for line in lines))
    assert ingest(tmp_path) == 0
    assert Article.objects.count() == 4
    assert (
        Article.objects.get(url="https://a.example/2").published_at.isoformat() == "2025-03-04T00:00:00+00:00"
    )
    assert not Mention.objects.filter(text__icontains="subscribe").exists()
    assert Mention.objects.filter(quantities__unit="%", quantities__value=8).exists()
    assert Mention.objects.filter(claim=None).count() == 0


def test_the_same_again_changes_nothing(tmp_path: Path):
    (tmp_path / "report.txt").write_text(REPORT)
    line = {"url": "https://a.example/1?utm_source=x#top", "source": "Ellery Post", "text": REPORT}
    (tmp_path / "articles.jsonl").write_text(json.dumps(line))
    assert ingest(tmp_path) == 0
    before = everything()
    assert ingest(tmp_path) == 0
    assert everything() == before
    assert Article.objects.filter(url="https://a.example/1").exists()


def test_the_same_text_of_two_outlets_is_two_articles_of_one_origin(tmp_path: Path):
    (tmp_path / "wire.txt").write_text(REPORT)
    for source in ("Ellery Post", "Harbour Gazette", "Ellery Post"):
        assert ingest(tmp_path, "--source", source) == 0
    assert sorted(Article.objects.values_list("source__name", flat=True)) == [
        "Ellery Post",
        "Harbour Gazette",
    ]
    claim = Claim.objects.get(text__contains="8%")
    assert claim.mentions.count() == 2
    assert claim.assessment.origins_for == 1


def test_a_changed_text_at_the_same_address_is_a_new_revision(tmp_path: Path):
    for number, text in enumerate((REPORT, REPORT.replace("8%", "9%")), start=1):
        file = tmp_path / f"{number}.jsonl"
        file.write_text(json.dumps({"url": "https://a.example/1", "source": "Ellery Post", "text": text}))
        assert ingest(file) == 0
    article = Article.objects.get()
    assert [(r.number, r.is_current) for r in article.revisions.all()] == [(1, False), (2, True)]
    left = Claim.objects.get(text__contains="8%")
    assert left.standing.freshness == "source_changed"
    assert left.standing.basis == "none"


@pytest.mark.parametrize(
    ("name", "body", "code", "says"),
    [
        ("empty.txt", b"", "empty-text", "empty"),
        ("blank.txt", b" \n\t\n", "empty-text", "empty"),
        ("latin.txt", "Das kostet 5 € in Köln.".encode("cp1252"), "not-utf-8", "Save it as UTF-8"),
        ("huge.txt", b"a" * 50_000_000, "too-large", "50,000,000 bytes"),
        (
            "german.txt",
            b"Die Regierung hat am Dienstag mitgeteilt, dass die Steuern im kommenden Jahr nicht steigen werden. "
            b"Der Minister sprach von einem guten Ergebnis und dankte allen Beteiligten.",
            "not-english",
            "not in English",
        ),
        ("binary.html", b"\x7fELF\x02\x01\x01" + bytes(range(256)) * 8, "not-text", ""),
        ("menu.html", b"<html><body><nav><a href=/>Home</a></nav></body></html>", "no-article", "one report"),
    ],
)
def test_bad_input_says_what_is_wrong_and_the_rest_goes_on(tmp_path: Path, name, body, code, says):
    (tmp_path / name).write_bytes(body)
    (tmp_path / "zz_good.txt").write_text(REPORT)
    assert ingest(tmp_path) == 1
    found, message = error_of(tmp_path / name)
    assert found == code
    assert says in message
    assert Article.objects.count() == 1


def test_bad_lines_are_named_by_file_and_line(tmp_path: Path):
    file = tmp_path / "articles.jsonl"
    good = json.dumps({"url": "https://a.example/1", "source": "Ellery Post", "text": REPORT})
    bad = [
        b"{not json",
        b'{"title": "no text"}',
        b'{"text": 5}',
        b'{"text": "x", "published": "last week"}',
        b'{"text": "x", "url": "ftp://a.example/1"}',
        b'{"text": "caf\xe9"}',
        b'["text"]',
    ]
    file.write_bytes(b"\n".join([*bad, good.encode()]))
    assert ingest(file) == 1
    errors = {number: error_of(f"{file}:{number}") for number in range(1, len(bad) + 1)}
    assert errors[1][0] == "not-json"
    assert "one of text, html or url is missing" in errors[2][1]
    assert "text must be a string, not 5" in errors[3][1]
    assert "'last week'" in errors[4][1] and "ISO 8601" in errors[4][1]
    assert "ftp://a.example/1" in errors[5][1]
    assert errors[6][0] == "not-utf-8"
    assert errors[7][0] == "bad-line"
    assert Article.objects.count() == 1


def test_an_article_without_claims_is_done_and_says_so(tmp_path: Path):
    (tmp_path / "poem.txt").write_text(
        "Oh, what a morning! Who could ask for more? Let us all be merry and sing."
    )
    assert ingest(tmp_path) == 0
    assert Step.objects.get(kind="extract").note == "no claims found in this text"


def test_a_failed_step_leaves_stored_articles_alone(tmp_path: Path):
    good, bad = tmp_path / "good.txt", tmp_path / "bad.txt"
    good.write_text(REPORT)
    bad.write_bytes(b"\xff\xfe\xfa")
    ingest(good)
    before = everything()[:4]
    ingest(bad)
    assert everything()[:4] == before


def test_what_is_not_there_is_said(tmp_path: Path):
    assert ingest(tmp_path / "nowhere.txt") == 1
    assert "there is no file or folder" in error_of(tmp_path / "nowhere.txt")[1]
    with pytest.raises(CommandError, match="ISO 8601"):
        call_command("ingest", str(tmp_path), "--published", "yesterday")


class Site(http.server.BaseHTTPRequestHandler):
    """A small web site: a page, a feed, and every kind of trouble."""

    def do_GET(self):
        base = f"http://{self.headers['Host']}"
        feed = "".join(
            f"<item><title>{n}</title><link>{base}/{n}.html</link></item>"
            for n in ("page", "other", "missing")
        )
        pages = {
            "/page.html": ("text/html", PAGE.encode()),
            "/other.html": ("text/html", PAGE.replace("8%", "11%").encode()),
            "/binary.html": ("text/html", b"\x00\x01\x02\x03" * 500),
            "/feed.xml": (
                "application/rss+xml",
                f'<rss version="2.0"><channel><title>Post</title>{feed}</channel></rss>'.encode(),
            ),
        }
        if self.path == "/loop":
            self.send_response(302)
            self.send_header("Location", "/loop")
            self.end_headers()
        elif self.path in pages:
            kind, body = pages[self.path]
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.end_headers()
            self.wfile.write(body)
        else:
            self.send_error(404)

    def log_message(self, *args):
        pass


@pytest.fixture
def site(settings):
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.FETCH_PRIVATE_HOSTS = frozenset({"127.0.0.1"})
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


def test_a_link_is_fetched_once(site):
    assert ingest(f"{site}/page.html") == 0
    article = Article.objects.get()
    assert article.published_at.isoformat() == "2025-03-03T08:00:00+00:00"
    before = everything()
    assert ingest(f"{site}/page.html?utm_campaign=spring") == 0
    assert everything() == before


def test_a_feed_hands_in_its_entries_and_goes_on_past_a_missing_one(site):
    assert ingest(f"{site}/feed.xml") == 1
    assert sorted(Article.objects.values_list("url", flat=True)) == [
        f"{site}/other.html",
        f"{site}/page.html",
    ]
    assert error_of(f"{site}/missing.html")[0] == "http-404"
    assert Step.objects.get(submission__label=f"{site}/feed.xml").note == "a feed of 3 entries, 3 of them new"


@pytest.mark.parametrize(
    ("path", "code"), [("gone", "http-404"), ("loop", "redirect-loop"), ("binary.html", "not-text")]
)
def test_troubles_of_the_web_have_names(site, path, code):
    assert ingest(f"{site}/{path}") == 1
    assert error_of(f"{site}/{path}")[0] == code


def test_a_dead_link_is_tried_again_later():
    assert ingest("http://nothing.invalid/page.html") == 1
    step = Step.objects.get()
    assert (step.state, step.error_code) == ("pending", "dead-link")


def test_private_addresses_are_not_fetched():
    assert ingest("http://127.0.0.1:9/page.html") == 1
    assert error_of("http://127.0.0.1:9/page.html")[0] == "forbidden-address"
