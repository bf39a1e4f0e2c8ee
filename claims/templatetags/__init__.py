"""What the pages of the admin are written with."""
