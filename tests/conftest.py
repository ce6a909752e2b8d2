"""Settings shared by all tests."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("project", deadline=None)  # the first example pays for loading rules and word lists
settings.load_profile("project")
