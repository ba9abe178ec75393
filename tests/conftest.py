"""For all tests: how long an example takes is told by benchmarks, not by a test, which other work may keep waiting."""

from hypothesis import settings

settings.register_profile("harmonize", deadline=None)
settings.load_profile("harmonize")
