"""The canonical tables as attributes of whatever reads them by name."""

from __future__ import annotations

from abc import ABC, abstractmethod

import polars as pl

__all__ = ["TableAttributes"]


class TableAttributes(ABC):
    """Each canonical table as an attribute, current editions only."""

    @abstractmethod
    def table(self, name: str) -> pl.DataFrame:
        """One canonical table by name."""

    @property
    def documents(self) -> pl.DataFrame:
        """The current documents, with their edition and when they were stored."""
        return self.table("documents")

    @property
    def statements(self) -> pl.DataFrame:
        """The statements of the current documents."""
        return self.table("statements")

    @property
    def facts(self) -> pl.DataFrame:
        """The facts of the current documents."""
        return self.table("facts")

    @property
    def claims(self) -> pl.DataFrame:
        """The claims of the current documents."""
        return self.table("claims")

    @property
    def projects(self) -> pl.DataFrame:
        """The performance forms of the current documents."""
        return self.table("projects")

    @property
    def indicators(self) -> pl.DataFrame:
        """The targets in the performance forms of the current documents."""
        return self.table("indicators")

    @property
    def mentions(self) -> pl.DataFrame:
        """The figures in the running texts of the performance forms of the current documents."""
        return self.table("mentions")

    @property
    def set_aside(self) -> pl.DataFrame:
        """The numeric cells of the current documents that did not become facts."""
        return self.table("set_aside")

    @property
    def findings(self) -> pl.DataFrame:
        """The findings on the current documents."""
        return self.table("findings")
