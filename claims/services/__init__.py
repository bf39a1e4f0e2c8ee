"""All that writes: handing in, storing articles and their revisions, storing what was extracted."""
