"""Watches the crawling process's own memory."""

import re
from pathlib import Path

from scrapy.extensions.memusage import MemoryUsage  # noqa: TID251 - runs in the crawling process

STATUS = Path("/proc/self/status")


class OwnMemory(MemoryUsage):
    """Scrapy's limit on memory, counted from the start of this program.

    The peak that the system reports for a process is that of whoever started it, if that was larger: a crawl
    started by a large process ended itself at once.
    """

    def get_virtual_size(self) -> int:
        """The peak of this program, in bytes; Scrapy's own figure where the system does not tell."""
        try:
            peak = re.search(r"^VmHWM:\s*(\d+) kB", STATUS.read_text(encoding="ascii"), re.MULTILINE)
        except OSError:
            peak = None
        return int(peak[1]) * 1024 if peak else super().get_virtual_size()
