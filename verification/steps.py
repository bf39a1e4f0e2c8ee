"""The step that ``verification`` adds to the pipeline: cross-check a revision once it is extracted."""

from claims import pipeline


def register() -> None:
    from verification.services.crosschecking import compare_ahead, crosscheck

    pipeline.register(
        pipeline.StepKind(
            "crosscheck",
            subject="revision",
            queue="crosscheck",
            compute=compare_ahead,
            store=crosscheck,
            after="extract",
        )
    )
