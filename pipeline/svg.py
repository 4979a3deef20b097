"""What a drawing's SVG needs to stand on its own: pixels as its unit, a language, a title and a description."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Mapping
from io import BytesIO

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def finished_svg(
    drawn: bytes,
    *,
    size: tuple[int, int],
    lang: str,
    title: str,
    description: str,
    labels: Mapping[str, str] | None = None,
) -> bytes:
    """Matplotlib's SVG with `size` (width, height) in pixels as its user unit, and with words for who cannot see it.

    Text is drawn as outlines; `labels` names what each element (by id) reads, and it stands there as `aria-label`.
    Tool names and dates are dropped; the same drawing gives the same bytes.
    """
    ET.register_namespace("", SVG)
    ET.register_namespace("xlink", XLINK)
    root = ET.fromstring(drawn)
    for metadata in root.findall(f"{{{SVG}}}metadata"):
        root.remove(metadata)
    _, _, points_wide, _ = map(float, root.attrib.pop("viewBox").split())
    width, height = size
    for element in root.iter():
        label = (labels or {}).get(element.get("id", ""))
        if label is not None:
            element.set("aria-label", label)

    body = ET.Element(f"{{{SVG}}}g", {"transform": f"scale({width / points_wide:.9g})"})
    body.tail = "\n"
    body.extend(root)
    for child in list(root):
        root.remove(child)
    root.attrib.update(width=str(width), height=str(height), viewBox=f"0 0 {width} {height}")
    root.attrib.update({"role": "img", XML_LANG: lang, "lang": lang})
    root.text = "\n "
    for tag, text in (("title", title), ("desc", description)):
        words = ET.SubElement(root, f"{{{SVG}}}{tag}")
        words.text, words.tail = text, "\n "
    root.append(body)

    written = BytesIO()
    ET.ElementTree(root).write(written, encoding="utf-8", xml_declaration=True)
    return written.getvalue() + b"\n"
