"""The version of the package; it is stored with every reading, so that a newer reader replaces it."""

__version__ = "0.1.0"
