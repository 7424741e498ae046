"""Small documents made on the spot: Word, PDF, OLE containers."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
OLE = bytes.fromhex("d0cf11e0a1b11ae1")


def p(text: str, style: str = "", props: str = "") -> str:
    """A paragraph of WordprocessingML with one run."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f'<w:p><w:pPr>{named}{props}</w:pPr><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def table(rows: Sequence[Sequence[str]]) -> str:
    """A table of WordprocessingML; a cell may be given as ready XML (<w:tc>…)."""
    cells = (("".join(c if c.startswith("<w:tc") else f"<w:tc>{p(c)}</w:tc>" for c in row)) for row in rows)
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in cells) + "</w:tbl>"


def docx(body: str | Iterable[str], **parts: str) -> bytes:
    """A .docx of `body` (XML or plain paragraphs); `parts`: styles, numbering, footnotes as XML without the root's namespace."""
    xml = body if isinstance(body, str) else "".join(map(p, body))
    return archive(
        {"word/document.xml": f"<w:document {W} {MC}><w:body>{xml}</w:body></w:document>"} | {f"word/{n}.xml": x for n, x in parts.items()}
    )


def archive(parts: dict[str, str | bytes]) -> bytes:
    """A zip archive of `parts`."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in parts.items():
            file.writestr(name, data)
    return target.getvalue()


def opendocument() -> bytes:
    """The beginning of an OpenDocument text: its media type comes first and is not compressed."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as file:
        file.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        file.writestr("content.xml", "<a/>")
    return target.getvalue()


def ole(*streams: str) -> bytes:
    """Something that begins like an OLE container and names `streams` in its directory."""
    return OLE + bytes(512) + b"".join((name + "\0").encode("utf-16-le") for name in streams) + bytes(512)


def pdf(pages: Sequence[Sequence[tuple[float, float, str]]], size: float = 10) -> bytes:
    """A PDF whose pages hold lines (x, y, text), set in a Chinese font that is not embedded (Adobe-GB1, UniGB-UCS2-H)."""
    kids = " ".join(f"{6 + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>",
        "<</Type/Font/Subtype/Type0/BaseFont/SimSun/Encoding/UniGB-UCS2-H/DescendantFonts[4 0 R]>>",
        "<</Type/Font/Subtype/CIDFontType0/BaseFont/SimSun/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>/DW 1000/FontDescriptor 5 0 R>>",
        "<</Type/FontDescriptor/FontName/SimSun/Flags 4/FontBBox[0 -200 1000 900]/ItalicAngle 0/Ascent 800/Descent -200/CapHeight 700/StemV 80>>",
    ]
    for n, lines in enumerate(pages):
        drawn = "".join(f"BT /F1 {size} Tf {x} {y} Td <{text.encode('utf-16-be').hex()}> Tj ET\n" for x, y, text in lines)
        objects.append(f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 600]/Resources<</Font<</F1 3 0 R>>>>/Contents {7 + 2 * n} 0 R>>")
        objects.append(f"<</Length {len(drawn)}>>stream\n{drawn}endstream")
    return assemble(objects)


def assemble(objects: Sequence[str]) -> bytes:
    """A PDF file of numbered objects, the first being the catalogue."""
    out = bytearray(b"%PDF-1.4\n")
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode() + b"".join(f"{o:010} 00000 n \n".encode() for o in offsets)
    return bytes(out + f"trailer<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n".encode())
