"""All that writes: cross-checking, assessing, reviewing."""
