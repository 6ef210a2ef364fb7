"""How a generated disclosure is laid out on pages."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["ALIKES", "SIZES", "Paper"]

SIZES = {"A4": (595.0, 842.0), "A3": (842.0, 1191.0), "letter": (612.0, 792.0)}
"""Width and height of a sheet in points."""

ALIKES = str.maketrans("一人入八力又口土士大女子小工山己干心户手支文方日月木止民水火父生用田白目石示立老而自至舟色行衣见角言谷豆贝走足身车里金长门青非面食首香马高",
                       "⼀⼈⼊⼋⼒⼜⼝⼟⼠⼤⼥⼦⼩⼯⼭⼰⼲⼼⼾⼿⽀⽂⽅⽇⽉⽊⽌⺠⽔⽕⽗⽣⽤⽥⽩⽬⽯⽰⽴⽼⽽⾃⾄⾈⾊⾏⾐⻅⾓⾔⾕⾖⻉⾛⾜⾝⻋⾥⾦⻓⻔⾭⾮⾯⾷⾸⾹⻢⾼")  # fmt: skip
"""Characters as the radicals that look like them, as some producers of PDF files map them."""


@dataclass(frozen=True)
class Paper:
    """A way of printing.

    Args:
        size: Key of ``SIZES``.
        is_landscape: Whether the sheet lies on its side.
        has_turned_pages: Whether the pages are drawn sideways and turned back by their entry.
        rules: ``all`` of a table's rules, those ``across`` it only, three lines (``three``: above
            the header, below it, below the table), or ``none``.
        font_size: Size of the print; smaller where a table would be wider than the page.
        name_width: Characters of a name that stand on one line of its cell.
        wraps_numbers: Whether columns of amounts are narrower than their longest amount.
        rows_per_page: Rows after which a table goes on on the next page.
        repeats_header: Whether the header stands again on the next page.
        repeats_title: Whether the title and the lines below it stand again on the next page.
        cuts_rows: Whether a page may end within a row.
        align: Whether amounts stand at the ``top``, ``middle`` or ``bottom`` of a wrapped row.
        page_number: Pattern of the page number, ``""`` for none.
        running_head: A line at the top of every page, with the agency, the year and 预算 or 决算 (``word``).
        watermark: ``""``, ``large`` or ``tiled``: pale slanted text over the page.
        has_alikes: Whether characters are mapped to look-alikes.
        has_charts: Whether charts stand between the tables.
        unit_at: The unit on a ``line`` of its own, ``beside`` the name of the agency, or in a
            ``row`` of the table.
        has_own_pages: Whether each statement begins on a new page.
        has_commas: Whether thousands are parted.
    """

    size: str = "A4"
    is_landscape: bool = False
    has_turned_pages: bool = False
    rules: str = "all"
    font_size: float = 9.0
    name_width: int = 14
    wraps_numbers: bool = False
    rows_per_page: int = 100
    repeats_header: bool = False
    repeats_title: bool = False
    cuts_rows: bool = False
    align: str = "middle"
    page_number: str = "- {} -"
    running_head: str = ""
    watermark: str = ""
    has_alikes: bool = False
    has_charts: bool = False
    unit_at: str = "line"
    has_own_pages: bool = True
    has_commas: bool = False

    @property
    def extent(self) -> tuple[float, float]:
        """Width and height of a page as it is shown."""
        width, height = SIZES[self.size]
        return (height, width) if self.is_landscape else (width, height)
