from django.db import migrations, models

from claims.indexes import AddIndex, RemoveIndex


class Migration(migrations.Migration):

    atomic = False

    dependencies = [
        ('verification', '0017_what_falls_due_by_freshness'),
    ]

    operations = [
        AddIndex(
            model_name='standing',
            index=models.Index(fields=['status', 'claim'], name='standing_status_claim'),
        ),
        AddIndex(
            model_name='standing',
            index=models.Index(fields=['verdict', 'claim'], name='standing_verdict_claim'),
        ),
        RemoveIndex(model_name='standing', name='standing_status'),
        RemoveIndex(model_name='standing', name='standing_verdict'),
    ]
