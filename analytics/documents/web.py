"""Web pages: text and tables in reading order, tables that lay the page out taken apart."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from analytics.documents.flow import Flow
from analytics.documents.model import Block
from analytics.errors import ReadError

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

__all__ = ["is_html", "read_html_blocks"]

_MAX_BYTES = 16 * 1024 * 1024
_MAX_TAGS = 600_000
_MAX_DEPTH = 1_000
_HEAD = 4_096
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_CHINESE = {"gb2312", "gbk", "gb_2312-80", "x-gbk", "gb18030", "hz-gb-2312"}
_SNIFF = re.compile(
    rb"^(?:\s|<!--.*?-->|<\?xml[^>]*\?>)*<(?:!doctype\s+html|html|head|body|table|div|meta|title)\b",
    re.IGNORECASE | re.DOTALL,
)
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_UNNESTED = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr")
) | {"dd", "dt", "li", "option", "p", "tbody", "td", "tfoot", "th", "thead", "tr"}
_SPACE = re.compile(r"[ \t\r\n\f]+")
_SKIPPED = frozenset(
    ("script", "style", "noscript", "template", "head", "select", "textarea", "svg", "iframe")
) | {"object", "button", "option", "rp", "rt", "canvas", "-comment"}
_INLINE = frozenset(
    ("a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "em", "font", "i", "ins", "kbd")
) | {"label", "mark", "nobr", "q", "s", "small", "span", "strong", "sub", "sup", "u", "o:p"}


def is_html(data: bytes) -> bool:
    """Whether bytes begin as a web page does, whatever the file is called.

    Examples:
        >>> is_html(b"<!DOCTYPE html><title>1</title>"), is_html("收支总表".encode())
        (True, False)
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            data = data[: _HEAD & ~1].decode(encoding, "ignore").encode()
    return _SNIFF.match(data[:_HEAD]) is not None


def read_html_blocks(data: bytes, where: str) -> tuple[tuple[Block, ...], str]:
    """Read a web page into blocks.

    The title in its head, scripts, styles and forms are left out. A table with another table in
    a cell only lays the page out. A merged cell has its text in its first place.

    Args:
        data: The file.
        where: The file's name, for messages.

    Returns:
        The blocks and the encoding.

    Raises:
        ReadError: The file is too large, nests too deep, or is in an encoding that is not known.
    """
    from selectolax.lexbor import LexborHTMLParser

    if len(data) > _MAX_BYTES:
        raise ReadError(f"{where} has {len(data):,} bytes", hint=f"the limit is {_MAX_BYTES:,}")
    text, encoding = _decode(data, where)
    _refuse_bombs(text, where)
    page = _Page(Flow(where))
    root = LexborHTMLParser(text).body
    if root is not None:
        page.walk(root)
    return page.flow.finish(), encoding


def _decode(data: bytes, where: str) -> tuple[str, str]:
    """Text by byte order mark, else as the page declares, else as it decodes."""
    declared = next((encoding for bom, encoding in _BOMS if data.startswith(bom)), None)
    if declared is None and (match := _CHARSET.search(data[:_HEAD])):
        name = match[1].decode().lower()
        # Pages that declare GB 2312 use the characters of its successors.
        declared = "gb18030" if name in _CHINESE else name
    for encoding in dict.fromkeys(filter(None, (declared, "utf-8", "gb18030"))):
        try:
            return data.decode(encoding), encoding
        except (UnicodeDecodeError, LookupError):
            continue
    if declared is not None and declared != "utf-8":
        # A few broken characters in a page that says what it is: the rest is read.
        try:
            return data.decode(declared, "replace"), declared
        except LookupError:
            pass
    raise ReadError(
        f"{where} is a page in an encoding that is not known", hint="save it anew as UTF-8"
    )


def _refuse_bombs(text: str, where: str) -> None:
    """Refuse pages whose tags cost the parser more than any real page: many, or nested deep."""
    depth = 0
    for count, match in enumerate(_TAG.finditer(text), start=1):
        if match[2].lower() not in _UNNESTED:
            depth = max(depth - 1, 0) if match[1] else depth + 1
        if count > _MAX_TAGS or depth > _MAX_DEPTH:
            raise ReadError(
                f"{where} has more than {_MAX_TAGS:,} tags, or tags nested more than "
                f"{_MAX_DEPTH:,} deep",
                hint="save the part with the tables as a page of its own",
            )


class _Page:
    """Passes the nodes of a page to the document in the making."""

    def __init__(self, flow: Flow) -> None:
        self.flow = flow

    def walk(self, root: LexborNode) -> None:
        """Go through the nodes without recursion: pages nest as deep as they like."""
        node, leaving = root, False
        while True:
            if not leaving:
                enters = self._enter(node)
                child = node.child if enters else None
                if child is not None:
                    node = child
                    continue
                leaving = True
            self._leave(node)
            if node.mem_id == root.mem_id:
                return
            following = node.next
            if following is not None:
                node, leaving = following, False
            elif node.parent is not None:
                node = node.parent
            else:
                return

    def _enter(self, node: LexborNode) -> bool:
        """Begin a node; whether there is something to read inside it."""
        tag = node.tag or ""
        if tag == "-text":
            self.flow.text(_SPACE.sub(" ", node.text_content or ""))
            return False
        if tag in _SKIPPED:
            return False
        match tag:
            case "table":
                self.flow.start_table()
            case "tr":
                self.flow.start_row()
            case "td" | "th":
                attributes = node.attributes
                self.flow.start_cell(
                    _number(attributes.get("colspan")), _number(attributes.get("rowspan"))
                )
            case _ if tag not in _INLINE:
                self.flow.end_line()
        return True

    def _leave(self, node: LexborNode) -> None:
        tag = node.tag or ""
        match tag:
            case "table":
                self.flow.end_table()
            case "td" | "th":
                self.flow.end_cell()
            case _ if tag not in _INLINE and tag != "-text" and tag not in _SKIPPED:
                self.flow.end_line()


def _number(text: str | None) -> int:
    """A span as a page declares it; 1 where it declares none."""
    match = re.match(r"\s*(\d{1,5})", text or "")
    return int(match[1]) if match else 1
