from django.apps import AppConfig


class VerificationConfig(AppConfig):
    """Does it hold."""

    name = "verification"

    def ready(self) -> None:
        from claims import triggers
        from verification import steps
        from verification.guards import TRIGGERS

        triggers.guard(self, TRIGGERS)
        steps.register()
