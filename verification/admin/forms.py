"""What a reviewer fills in on a claim's dossier."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from verification.models import Judgement, Standing
from verification.models.standing import DECIDED
from verification.models.words import VerdictWord, Workflow
from verification.workflow import MOVES, Decision

MOVABLE = [
    to for to in Workflow if to not in (Workflow.DECIDED, Workflow.SECOND_REVIEW, Workflow.MERGED_INTO)
]

_VERDICTS = [(word.value, word.label.capitalize()) for word in VerdictWord]


class Seen(forms.Form):
    """What the reviewer had before them: the claim's version and its last event."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class DecisionForm(Seen):
    """A verdict. ``shown`` are the ids of the mentions on the page, which may be ticked as evidence."""

    OPEN, BLIND = "open", "blind"

    word = forms.ChoiceField(label="Verdict", choices=_VERDICTS)
    note = forms.CharField(
        required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 3, "data-key": "e"})
    )
    links = forms.CharField(
        label="Evidence",
        required=False,
        max_length=20_000,
        help_text="one address a line; tick mentions on this page to add them",
        widget=forms.Textarea(attrs={"rows": 2, "placeholder": "https://"}),
    )
    second_review = forms.ChoiceField(
        label="Second review",
        required=False,
        choices=[
            ("", "none: your verdict decides"),
            (BLIND, "by another person, who does not see yours"),
            (OPEN, "by another person, who sees yours"),
        ],
    )

    def __init__(self, *args: Any, shown: frozenset[int] = frozenset(), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.shown = shown
        ticked = self.data.getlist("mention") if hasattr(self.data, "getlist") else []
        self.ticked = [int(value) for value in ticked if value.isdecimal() and len(value) < 19]

    def clean_links(self) -> list[str]:
        valid = URLValidator(schemes=["http", "https"])
        links = [line.strip() for line in self.cleaned_data["links"].splitlines() if line.strip()]
        for number, link in enumerate(links, start=1):
            try:
                valid(link)
            except ValidationError as error:
                raise ValidationError(
                    f"Line {number}, “{link[:80]}”, is no http(s) address; one a line is expected."
                ) from error
        return links

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        strange = [mention for mention in self.ticked if mention not in self.shown]
        if strange:
            self.add_error(None, f"Mention {strange[0]} is not one of this claim's any more: look again.")
        return cleaned

    def decision(self) -> Decision:
        """What was decided; the form must be valid."""
        data = self.cleaned_data
        mentions = [f"mention:{mention}" for mention in dict.fromkeys(self.ticked)]
        return Decision(VerdictWord(data["word"]), data["note"], (*data["links"], *mentions))


class MoveForm(Seen):
    to = forms.TypedChoiceField(choices=[(to.value, to.label) for to in MOVABLE], coerce=Workflow)
    reason = forms.CharField(required=False, max_length=2000)


class FlagForm(forms.Form):
    """Ask a lead to look at a claim, and why; ``on`` empty: it was looked at."""

    on = forms.BooleanField(required=False)
    reason = forms.CharField(required=False, max_length=2000)


class JudgementForm(forms.Form):
    """A word on two claims; ``seen`` is the last event on either that was before the reviewer."""

    word = forms.TypedChoiceField(choices=Judgement.Word.choices, coerce=Judgement.Word)
    note = forms.CharField(required=False, max_length=2000)
    seen = forms.IntegerField(min_value=0)
    of = forms.IntegerField(required=False)


def may_be_decided(standing: Standing) -> bool:
    """Whether a verdict can be given from here: at once, by taking the claim up, or as its ground moved."""
    if standing.workflow in DECIDED:
        return standing.needs_review
    return bool({Workflow.DECIDED, Workflow.IN_REVIEW} & MOVES[standing.workflow])
