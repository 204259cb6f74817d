"""Makes the checkout importable for pytest; the fixtures are in tests/conftest.py."""

pytest_plugins = ["tests.county"]
