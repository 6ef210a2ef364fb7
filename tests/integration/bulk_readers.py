"""Readers that misbehave, for processes that the tests start."""

from __future__ import annotations

import os
import time

from analytics.errors import AnalyticsError
from analytics.pipeline.reading import read_source
from analytics.pipeline.sources import Source
from analytics.store import Reading


def read_or_die(source: Source) -> Reading | AnalyticsError:
    """Read, unless the name of the file says that this process dies or hangs over it."""
    if "killer" in source.name:
        os.abort()
    if "hanger" in source.name:
        time.sleep(600)
    return read_source(source)
