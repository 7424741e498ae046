"""Zip archives, opened with care: nothing is unpacked to disk, nothing grows beyond bounds (declared and real sizes both)."""

from __future__ import annotations

import io
import zipfile
import zlib

from orchestration.reading.model import Refusal

MOST_PARTS = 5_000
LARGEST = 200 * 2**20  # bytes, all parts unpacked
STEEPEST = 200  # unpacked to packed, of a part; running text in XML packs about 1:10
SMALL = 8 * 2**20  # bytes; parts that unpack to less are never called a bomb


class Archive:
    """The parts of a zip archive held in memory. Refusal: unreadable, encrypted, hostile."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, OSError, ValueError, EOFError, NotImplementedError) as error:
            raise Refusal("unreadable", f"the archive is broken or cut off ({error}); fetch the file again") from None
        parts = self._zip.infolist()
        if len(parts) > MOST_PARTS:
            raise Refusal("hostile", f"the archive holds {len(parts)} parts, more than the {MOST_PARTS} of any document; save it anew")
        if any(part.flag_bits & 1 for part in parts):
            raise Refusal("encrypted", "the archive is protected by a password; take off the protection and save it again")
        unpacked = sum(part.file_size for part in parts)
        steep = [part for part in parts if part.file_size > SMALL and part.file_size > STEEPEST * max(part.compress_size, 1)]
        if unpacked > LARGEST or steep:
            raise Refusal(
                "hostile", f"the archive would unpack from {len(data):,} to {unpacked:,} bytes (a zip bomb); save the document anew"
            )
        self.names = frozenset(part.filename for part in parts)

    def read(self, name: str) -> bytes | None:
        """The part `name`, or None where there is none."""
        if name not in self.names:
            return None
        size = self._zip.getinfo(name).file_size
        try:
            with self._zip.open(name) as part:
                data = part.read(size + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError) as error:
            raise Refusal("unreadable", f"the part {name} is broken or cut off ({error}); fetch the file again") from None
        if len(data) != size:
            raise Refusal("hostile", f"the part {name} is not of the size it declares; save the document anew")
        return data
