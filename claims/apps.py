from django.apps import AppConfig


class ClaimsConfig(AppConfig):
    """What was said, by whom, where."""

    name = "claims"

    def ready(self) -> None:
        from claims import fulltext, steps, triggers

        triggers.guard(self, triggers.CLAIMS)
        fulltext.keep_words(self)
        steps.register()
