"""PDF files with a text layer: characters and drawn rules → paragraphs and tables."""

from analytics.documents.pdf.reader import PdfReading, read_pdf

__all__ = ["PdfReading", "read_pdf"]
