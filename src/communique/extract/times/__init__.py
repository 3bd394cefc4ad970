"""Times in text: what is said, which days it means, what it hangs on, and why."""

from communique.extract.times.choose import choose_time, publication_day
from communique.extract.times.tagger import find_times

__all__ = ["choose_time", "find_times", "publication_day"]
