"""What the fork server loads once, so that a new sender starts at once."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()
