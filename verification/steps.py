"""The steps that ``verification`` adds to the pipeline: cross-check a revision once it is extracted, and do a
part of a bulk change."""

from django.db.models import F

from claims import pipeline


def register() -> None:
    from verification.services import bulk
    from verification.services.crosschecking import (
        compare_ahead,
        compare_many_ahead,
        crosscheck,
        crosscheck_many,
    )

    pipeline.register(
        pipeline.StepKind(
            "crosscheck",
            subject="revision",
            queue="crosscheck",
            compute=compare_ahead,
            store=crosscheck,
            after=("extract",),
            together=pipeline.Together(compare_many_ahead, crosscheck_many, size=F("revision__length")),
        )
    )
    pipeline.register(
        pipeline.StepKind(
            bulk.KIND, subject="part", queue="default", compute=bulk.nothing_ahead, store=bulk.do_part
        )
    )
