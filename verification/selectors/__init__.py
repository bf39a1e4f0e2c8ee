"""All that reads: candidates, what a claim rests on, rows for pages."""
