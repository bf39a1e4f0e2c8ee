"""What a trained reader of sentences makes of a pair that rules leave open; optional, see STANCE_MODEL."""

from verification.comparison.stance.model import StanceModelUnusable, loaded, probabilities

__all__ = ["StanceModelUnusable", "loaded", "probabilities"]
