"""A newsroom's own shelf lives, beside those that ship."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin

from verification import freshness
from verification.models import ShelfLife


class ShelfLifeForm(forms.ModelForm):
    name = forms.ChoiceField(label="Kind of claim")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        taken = ShelfLife.objects.exclude(pk=self.instance.pk).values_list("name", flat=True)
        field = self.fields["name"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            (life.name, f"{life.name}: {life.about} ({_days(life.days)})")
            for life in freshness.shelf_lives()
            if life.name not in set(taken)
        ]

    class Meta:
        model = ShelfLife
        fields = ["name", "days"]


@admin.register(ShelfLife)
class ShelfLifeAdmin(admin.ModelAdmin):
    form = ShelfLifeForm
    list_display = ["name", "days", "shipped"]
    show_full_result_count = False

    @admin.display(description="without this row")
    def shipped(self, row: ShelfLife) -> str:
        lives = {life.name: life for life in freshness.shelf_lives()}
        return _days(lives[row.name].days) if row.name in lives else "no such kind any more"


def _days(days: int) -> str:
    return f"{days} days" if days else "never due"
