"""What a person can put right: each error names the thing and the place and says what to do."""

from __future__ import annotations


class GangweiError(Exception):
    """Anything gangwei refuses, with one line for a person."""


class ReadError(GangweiError):
    """A document that could not be read; its row in `documents` holds the line."""


class RuleError(GangweiError):
    """Rule files with faults; the message has a line for each."""


class UsageError(GangweiError):
    """A wrong call: an input that is not there, an output that cannot be written."""
