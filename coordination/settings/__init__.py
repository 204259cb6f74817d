"""The settings of every mode (production, demo, test); docs/operations.md lists the environment variables."""

from coordination.settings.api import *
from coordination.settings.base import *
from coordination.settings.logs import *
from coordination.settings.records import *
from coordination.settings.security import *
from coordination.settings.storage import *
