"""File → Document: blocks of paragraphs and tables whose cells know where they stand."""
