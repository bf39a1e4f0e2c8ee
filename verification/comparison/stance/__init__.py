"""What a trained reader of sentences makes of a pair that rules leave open; optional, see STANCE_MODEL."""

from verification.comparison.stance.model import StanceModelUnusable, loaded, probabilities
from verification.comparison.stance.reading import read, settled_by_figures, step_of

__all__ = ["StanceModelUnusable", "loaded", "probabilities", "read", "settled_by_figures", "step_of"]
