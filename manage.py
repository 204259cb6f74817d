#!/usr/bin/env python
"""Django's command line. Commands that change the schema connect as the owner role, all others as the app role."""

import os
import sys

from django.core.management import execute_from_command_line

OWNER_COMMANDS = {"migrate", "flush", "sqlflush", "dbshell"}


def main(arguments: list[str]) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coordination.settings")
    if OWNER_COMMANDS.intersection(arguments[1:2]):
        os.environ.setdefault("CSX_DB_ROLE", "owner")
    execute_from_command_line(arguments)


if __name__ == "__main__":
    main(sys.argv)
