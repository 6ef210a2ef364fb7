"""File → Document: blocks of paragraphs and tables whose cells know where they stand."""

from analytics.documents.files import read_document
from analytics.documents.model import (
    Block,
    Document,
    Paragraph,
    Place,
    Recognition,
    Table,
    TableRow,
)

__all__ = [
    "Block",
    "Document",
    "Paragraph",
    "Place",
    "Recognition",
    "Table",
    "TableRow",
    "read_document",
]
