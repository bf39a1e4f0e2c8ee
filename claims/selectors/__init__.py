"""All that reads: rows for pages and for the pure packages."""
