from django.db import migrations, models
from django.db.models.functions import Coalesce, Upper
from django.db.models.lookups import GreaterThan

from claims.indexes import AddIndex, RemoveIndex
from claims.models.claims import Span

LEAST, MOST = Coalesce('low', 'value', 'high'), Coalesce('high', 'value', 'low')
RANGE = models.Q(GreaterThan(MOST, LEAST))


class Migration(migrations.Migration):

    atomic = False

    dependencies = [
        ('claims', '0009_names_without_case'),
    ]

    operations = [
        AddIndex(
            model_name='claim',
            index=models.Index(Span(), Coalesce('as_of_first', 'as_of_last'), name='claim_span_day'),
        ),
        AddIndex(
            model_name='quantity',
            index=models.Index(Upper('unit'), LEAST, name='quantity_unit_least'),
        ),
        AddIndex(
            model_name='quantity',
            index=models.Index(LEAST, name='quantity_least'),
        ),
        AddIndex(
            model_name='quantity',
            index=models.Index(Upper('unit'), MOST, name='quantity_unit_range_most', condition=RANGE),
        ),
        AddIndex(
            model_name='quantity',
            index=models.Index(MOST, name='quantity_range_most', condition=RANGE),
        ),
        RemoveIndex(model_name='quantity', name='quantity_unit_value'),
        RemoveIndex(model_name='quantity', name='quantity_unit_named'),
    ]
