"""Times in text: what is said, which days it means, what it hangs on, and why."""

from communique.extract.times.choose import choose_time, narrow
from communique.extract.times.published import publication_day
from communique.extract.times.tagger import find_times

__all__ = ["choose_time", "find_times", "narrow", "publication_day"]
