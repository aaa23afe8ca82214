"""minori (実り): whom to approach, when, with what, in which words - and whom to leave alone."""

__version__ = "0.1.0"
