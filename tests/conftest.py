"""Settings shared by all tests."""

from __future__ import annotations

import os

from hypothesis import settings

# No deadline: the first example pays for loading rules and word lists. In CI the examples are the same every time,
# so that it judges the change and not the day's luck.
settings.register_profile("project", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "project")
