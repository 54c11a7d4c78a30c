"""Every error an operator can meet, each with its exit code and a sentence that says the next step.

An error stops something; a finding (see ingest.records) is data about a document and stops nothing.
"""


class MaalsporError(Exception):
    """The family. Its text is one sentence for a person: what is wrong, and what to do."""

    exit_code = 1


class UsageError(MaalsporError):
    """The command was asked for something it does not do."""

    exit_code = 2


class SettingsError(MaalsporError):
    """`maalspor.toml`, the environment or an option says something that cannot be."""

    exit_code = 3


class SourcesError(MaalsporError):
    """A file of the sources folder is wrong; the message names file and place."""

    exit_code = 3


class CrawlError(MaalsporError):
    """An expectation of a source was not met, or a site answered with a bot check."""

    exit_code = 4


class NotReadError(MaalsporError):
    """Some documents could not be read; the rest was."""

    exit_code = 5


class MissingDocument(MaalsporError):  # noqa: N818 - a noun of the field, raised by Archive.open
    """No such document, goal, result or agency."""

    exit_code = 6


class StoreError(MaalsporError):
    """The store cannot be opened, or holds another schema."""

    exit_code = 7


class StaleIndex(MaalsporError):  # noqa: N818 - a state of the index
    """The index is missing or stale: run `maalspor index`."""

    exit_code = 8


class NothingFound(MaalsporError):  # noqa: N818 - what `search` ends with, said as a sentence
    """A search without a hit."""

    exit_code = 9


class ReadingsDiffer(MaalsporError):  # noqa: N818 - what `compare-readings` ends with, said as a sentence
    """Two outputs of `extract` are not the same."""

    exit_code = 10
