"""What the .xls reader does not tell: which cells are shown as percentages, a password, sizes that no sheet can have.

A minimal walk through the compound file ([MS-CFB] 2.2 to 2.6) and the records of its workbook stream ([MS-XLS] 2.4: BOF, FilePass,
BoundSheet8, Format, XF, SST, Dimensions, Number, RK, MulRk, Formula).
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

BOF, EOF, FILE_PASS, BOUND_SHEET, FORMAT, XF = 0x0809, 0x000A, 0x002F, 0x0085, 0x041E, 0x00E0
NUMBER, RK, FORMULA, MUL_RK = 0x0203, 0x027E, 0x0006, 0x00BD
BIFF8 = 0x0600
DIMENSIONS, STRINGS = 0x0200, 0x00FC
LAST_ROW, LAST_COLUMN = 1 << 16, 1 << 8  # all that the format can hold; readers set memory aside for what a file says
BUILT_IN_PERCENTS = frozenset({9, 10})  # 0% and 0.00%
LAST_SECTOR = 0xFFFFFFFA
LITERAL = re.compile(r'"[^"]*"|\\.')


@dataclass(slots=True)
class Book:
    """`encrypted`: the sheets cannot be read. `percents`: by name of sheet, the (row, column) of cells that hold 0.065 and show 6.5 %."""

    encrypted: bool = False
    percents: dict[str, set[tuple[int, int]]] = field(default_factory=dict)


def is_percent(number_format: str) -> bool:
    """Whether a number format multiplies by 100: one with a % that is no literal text."""
    return "%" in LITERAL.sub("", number_format)


def inspect(data: bytes) -> Book:
    """The book in the bytes of an .xls file. ValueError where they are no such file."""
    try:
        return _book(_stream(data))
    except (struct.error, IndexError) as e:
        raise ValueError(f"broken records: {e}") from None


def _book(stream: bytes) -> Book:
    book, sheets, formats, cell_formats = Book(), [], set(BUILT_IN_PERCENTS), []
    wide = True
    for kind, record in _records(stream, 0):
        if kind == BOF:
            wide = struct.unpack_from("<H", record)[0] == BIFF8
        elif kind == FILE_PASS:
            return Book(encrypted=True)
        elif kind == BOUND_SHEET:
            sheets.append((struct.unpack_from("<I", record)[0], _text(record[6:], wide, 1)))
        elif kind == FORMAT and is_percent(_text(record[2:], wide, 2)):
            formats.add(struct.unpack_from("<H", record)[0])
        elif kind == STRINGS and struct.unpack_from("<I", record, 4)[0] > len(stream):
            raise ValueError("more strings than bytes")
        elif kind == XF:
            cell_formats.append(struct.unpack_from("<H", record, 2)[0])
    for offset, _ in sheets:
        _check_extent(stream, offset)
    shown = {i for i, number_format in enumerate(cell_formats) if number_format in formats}
    if shown:
        book.percents = {name: {(r, c) for r, c, x in _cells(stream, offset) if x in shown} for offset, name in sheets}
    return book


def _cells(stream: bytes, offset: int) -> Iterator[tuple[int, int, int]]:
    """(row, column, index of the cell format) of the numbers of the sheet at `offset`."""
    for kind, record in _records(stream, offset):
        if kind in (NUMBER, RK, FORMULA):
            yield struct.unpack_from("<HHH", record)
        elif kind == MUL_RK:
            row, first = struct.unpack_from("<HH", record)
            for i in range((len(record) - 6) // 6):
                yield row, first + i, struct.unpack_from("<H", record, 4 + 6 * i)[0]


def _check_extent(stream: bytes, offset: int) -> None:
    for kind, record in _records(stream, offset):
        if kind == DIMENSIONS:
            wide = len(record) >= 14
            first, last, left, right = struct.unpack_from("<IIHH" if wide else "<HHHH", record)
            if not (first <= last <= LAST_ROW and left <= right <= LAST_COLUMN):
                raise ValueError("a sheet larger than the format allows")


def _records(stream: bytes, offset: int) -> Iterator[tuple[int, bytes]]:
    """(kind, content) of the records of one substream, those of objects embedded in it (charts) left out."""
    depth = 0
    while offset + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, offset)
        depth += (kind == BOF) - (kind == EOF)
        if depth <= 1:
            yield kind, stream[offset + 4 : offset + 4 + size]
        if depth < 1:
            return
        offset += 4 + size


def _text(data: bytes, wide: bool, counted: int) -> str:
    """A string whose length stands in `counted` bytes (BIFF8) or in one byte (BIFF5)."""
    if not wide:
        return data[1 : 1 + data[0]].decode("gb18030", errors="replace")
    length = int.from_bytes(data[:counted], "little")
    double, body = data[counted] & 1, data[counted + 1 :]
    return body[: 2 * length].decode("utf-16-le", errors="replace") if double else body[:length].decode("latin-1")


def _stream(data: bytes) -> bytes:
    """The workbook stream of a compound file."""
    sector, small = 1 << min(data[30], 16), 1 << min(data[32], 16)
    fat_count, directory, cutoff = (struct.unpack_from("<I", data, at)[0] for at in (44, 48, 56))
    small_fat, further = (struct.unpack_from("<I", data, at)[0] for at in (60, 68))

    def block(number: int) -> bytes:
        return data[(number + 1) * sector : (number + 2) * sector]

    fat_sectors = list(struct.unpack_from("<109I", data, 76))
    for _ in range(len(data) // sector):
        if further >= LAST_SECTOR:
            break
        *numbers, further = _numbers(block(further))
        fat_sectors += numbers
    fat = [n for number in fat_sectors[:fat_count] if number < LAST_SECTOR for n in _numbers(block(number))]

    def chain(start: int) -> bytes:
        return b"".join(block(n) for n in _follow(fat, start))

    entries = chain(directory)
    found = {_name(e): struct.unpack_from("<II", e, 116) for e in (entries[i : i + 128] for i in range(0, len(entries) - 127, 128))}
    stream = found.get("Workbook") or found.get("Book")
    if stream is None:
        raise ValueError("no workbook stream")
    start, size = stream
    if size >= cutoff:
        return chain(start)[:size]
    minis, table = chain(found.get("Root Entry", (LAST_SECTOR, 0))[0]), _numbers(chain(small_fat))
    return b"".join(minis[n * small : (n + 1) * small] for n in _follow(table, start))[:size]


def _numbers(block: bytes) -> list[int]:
    return list(struct.unpack(f"<{len(block) // 4}I", block[: len(block) // 4 * 4]))


def _name(entry: bytes) -> str:
    length = struct.unpack_from("<H", entry, 64)[0]
    return entry[: max(min(length, 64) - 2, 0)].decode("utf-16-le", errors="replace")


def _follow(table: list[int], start: int) -> Iterator[int]:
    """The sectors of a chain; one that runs in a circle ends after as many as there are."""
    for _ in range(len(table)):
        if start >= LAST_SECTOR:
            return
        yield start
        start = table[start]
