"""Django's own commands for minori's web app: ``python -m minori.web.manage check --deploy``."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "minori.web.settings")
    execute_from_command_line(sys.argv)
