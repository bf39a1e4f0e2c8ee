from django.apps import AppConfig


class ClaimsConfig(AppConfig):
    """What was said, by whom, where."""

    name = "claims"

    def ready(self) -> None:
        from claims import steps, triggers

        triggers.guard(self, triggers.CLAIMS)
        steps.register()
