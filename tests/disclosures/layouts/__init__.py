"""Disclosures made to order in the layouts of provinces, universities and final accounts."""

from disclosures.layouts.books import Books, Item
from disclosures.layouts.sheets import Layout, Style
from disclosures.layouts.strategies import LAYOUTS, disclosures

__all__ = ["LAYOUTS", "Books", "Item", "Layout", "Style", "disclosures"]
