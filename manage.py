#!/usr/bin/env python
"""Django's command line. ``manage.py help`` lists what Twosource adds."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from django.core.management import execute_from_command_line

    _check_settings()
    execute_from_command_line(sys.argv)


def _check_settings() -> None:
    """Say in one line what is wrong with a setting, instead of a traceback."""
    from dj_database_url import ParseError, UnknownSchemeError
    from django.conf import settings
    from django.core.exceptions import ImproperlyConfigured
    from environs import EnvError

    try:
        bool(settings.DEBUG)  # reading one reads all
    except (EnvError, ParseError, UnknownSchemeError, ImproperlyConfigured, OSError) as error:
        sys.exit(f"a setting is wrong: {error}")


if __name__ == "__main__":
    main()
