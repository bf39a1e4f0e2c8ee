"""What a person asked for comes before what the machine found, and of that, news before what is old."""

from datetime import UTC, datetime, timedelta

import django.db.models.expressions
from django.db import migrations, models

import verification.ranking

BATCH = 1000
EPOCH = datetime(2020, 1, 1, tzinfo=UTC)


def fill(apps, schema_editor):
    """A claim that stood before the queue waits since it was first seen."""
    standing_model = apps.get_model("verification", "Standing")
    rows = standing_model.objects.select_related("claim__assessment").order_by("pk")
    last = 0
    while batch := list(rows.filter(pk__gt=last)[:BATCH]):
        for standing in batch:
            found = getattr(standing.claim, "assessment", None)
            reach = found.origins_for + found.origins_against if found else 0
            standing.waiting_day = (standing.claim.created_at - EPOCH) / timedelta(days=1)
            standing.merit = 40.0 * standing.claim.checkworthiness + 5.0 * min(reach, 6)
        standing_model.objects.bulk_update(batch, ["waiting_day", "merit"], batch_size=BATCH)
        last = batch[-1].pk


class Migration(migrations.Migration):
    dependencies = [
        ("verification", "0007_statistics"),
    ]

    operations = [
        migrations.RemoveIndex(model_name="standing", name="standing_queue"),
        migrations.RemoveIndex(model_name="standing", name="standing_workflow_since"),
        migrations.RemoveField(model_name="standing", name="rank"),
        migrations.RemoveField(model_name="standing", name="waiting_since"),
        migrations.AddField(
            model_name="standing",
            name="waiting_day",
            field=models.FloatField(default=verification.ranking.today, help_text="when it began to wait for a person: days since 2020-01-01 UTC"),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AddField(
            model_name='standing',
            name='rank',
            field=models.GeneratedField(db_persist=True, expression=models.Case(models.When(models.Q(('workflow__in', ('queued', 'in_review', 'second_review', 'reopened')), models.Q(('needs_review', True), ('workflow__in', ('detected', 'decided', 'published'))), _connector='OR'), then=django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.Value(200000.0), '+', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('merit'), '+', models.Case(models.When(models.Q(('basis', 'conflicting')), then=models.Value(30.0)), default=models.Value(0.0))), '+', models.Case(models.When(models.Q(('needs_review', True)), then=models.Value(25.0)), default=models.Value(0.0))), '+', models.Case(models.When(models.Q(('workflow', 'second_review')), then=models.Value(20.0)), default=models.Value(0.0)))), '-', django.db.models.expressions.CombinedExpression(models.F('waiting_day'), '*', models.Value(1.0)))), models.When(then=django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('merit'), '+', models.Case(models.When(models.Q(('basis', 'conflicting')), then=models.Value(30.0)), default=models.Value(0.0))), '+', models.Case(models.When(models.Q(('needs_review', True)), then=models.Value(25.0)), default=models.Value(0.0))), '+', models.Case(models.When(models.Q(('workflow', 'second_review')), then=models.Value(20.0)), default=models.Value(0.0))), '+', django.db.models.expressions.CombinedExpression(models.F('waiting_day'), '*', models.Value(1.0))), workflow='detected'), default=None), output_field=models.FloatField(null=True)),
        ),
        migrations.RemoveIndex(model_name="standing", name="standing_to_review"),
        migrations.RemoveIndex(model_name="standing", name="standing_flagged"),
        migrations.AddIndex(
            model_name="standing",
            index=models.Index(fields=["-rank", "claim"], name="standing_queue"),
        ),
        migrations.AddIndex(
            model_name="standing",
            index=models.Index(fields=["flagged", "-rank", "claim"], name="standing_flagged_queue"),
        ),
        migrations.AddIndex(
            model_name="standing",
            index=models.Index(fields=["workflow", "-rank", "claim"], name="standing_workflow_queue"),
        ),
        migrations.AddIndex(
            model_name="standing",
            index=models.Index(fields=["basis", "-rank", "claim"], name="standing_basis_queue"),
        ),
        migrations.AddIndex(
            model_name="standing",
            index=models.Index(fields=["needs_review", "-rank", "claim"], name="standing_review_queue"),
        ),
    ]
