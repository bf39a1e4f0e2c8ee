"""The form that takes a link, a text or an HTML page."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings

from claims.models import Submission
from claims.services.submitting import Incoming

Kind = Submission.Kind


class HandInForm(forms.Form):
    kind = forms.ChoiceField(
        label="What it is",
        choices=[
            (Kind.LINK, "a link, to be fetched"),
            (Kind.TEXT, "text"),
            (Kind.HTML, "an HTML page's source"),
        ],
        initial=Kind.LINK,
        widget=forms.RadioSelect,
    )
    url = forms.URLField(
        label="Address",
        required=False,
        max_length=2000,
        assume_scheme="https",
        help_text="of the article or feed; for a text or page: where it was published, if it was",
        widget=forms.URLInput(attrs={"placeholder": "https://"}),
    )
    body = forms.CharField(
        label="Text or HTML",
        required=False,
        strip=False,
        help_text="nothing for a link",
        widget=forms.Textarea(attrs={"rows": 12}),
    )
    title = forms.CharField(required=False, max_length=500)
    source = forms.CharField(
        required=False, max_length=200, help_text="the outlet; without it the page's own name or its domain"
    )
    publisher = forms.CharField(required=False, max_length=200, help_text="who owns the outlet")
    byline = forms.CharField(required=False, max_length=300)
    published = forms.DateTimeField(
        required=False,
        help_text="UTC; “last Wednesday” in the text is read from here",
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        kind, body = cleaned.get("kind"), cleaned.get("body") or ""
        if kind == Kind.LINK:
            if not cleaned.get("url") and "url" not in self.errors:
                self.add_error("url", "Give the address to fetch.")
            if body.strip():
                self.add_error("body", "A link is fetched: leave this empty, or say above that it is a text.")
        elif not body.strip():
            self.add_error("body", "Paste the text here, or say above that it is a link.")
        size = len(body.encode(errors="replace"))
        if size > settings.MAX_ARTICLE_BYTES:
            most = settings.MAX_ARTICLE_BYTES
            self.add_error("body", f"This has {size:,} bytes; at most {most:,} are taken.")
        return cleaned

    def incoming(self) -> Incoming:
        """What to hand in; the form must be valid."""
        data = self.cleaned_data
        link = data["kind"] == Kind.LINK
        return Incoming(
            kind=Kind(data["kind"]),
            channel=Submission.Channel.ADMIN,
            label=data["url"] or data["title"] or " ".join(data["body"].split())[:80],
            payload=None if link else data["body"].encode(errors="replace"),
            url=data["url"],
            title=data["title"],
            source=data["source"],
            publisher=data["publisher"],
            byline=data["byline"],
            published=data["published"],
        )
