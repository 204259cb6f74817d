#!/usr/bin/env python
"""Django's command line. Commands that change the schema connect as the owner role, all others as the app role."""

import os
import sys

from django.core.management import execute_from_command_line
from django.db import OperationalError, ProgrammingError
from psycopg2.errors import UndefinedTable

OWNER_COMMANDS = {"migrate", "flush", "sqlflush", "dbshell"}


def main(arguments: list[str]) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coordination.settings")
    if OWNER_COMMANDS.intersection(arguments[1:2]):
        os.environ.setdefault("CSX_DB_ROLE", "owner")
    try:
        execute_from_command_line(arguments)
    except OperationalError as fault:
        first = str(fault).splitlines()[0]
        sys.exit(f"{first}\nThe database does not answer. Type: make services (or see to DATABASE_URL)")
    except ProgrammingError as fault:
        if not isinstance(fault.__cause__, UndefinedTable):
            raise
        sys.exit("The database has no tables yet, or old ones. Type: make services (or: manage.py migrate)")


if __name__ == "__main__":
    main(sys.argv)
