"""Reading in processes that can be killed: a file that hangs, eats memory or crashes its reader costs its own refusal and nothing else.

A worker is a fresh interpreter (`python -m orchestration.reading.worker`) that holds the regions and is used again for file after file.
"""

from __future__ import annotations

import os
import pickle
import queue
import resource
import select
import struct
import subprocess
import sys
import time
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from typing import IO, Any

from orchestration.reading import read
from orchestration.reading.model import Document, Refusal, Source
from orchestration.regions import RegionIndex
from orchestration.settings import PACKAGE

MOST_WORKERS = 4
LENGTH = struct.Struct("!Q")
Outcome = Document | Refusal


def read_all(sources: Sequence[Source], *, timeout_s: float = 30, memory_mb: int = 1024) -> Iterator[tuple[Source, Outcome]]:
    """Each source with its document or the reason why there is none, in the order given.

    `timeout_s` bounds the reading of one file (Refusal `timeout`), `memory_mb` the memory of a worker (Refusal `hostile`).
    """
    count = min(MOST_WORKERS, os.cpu_count() or 1, max(len(sources), 1))
    with _Pool(count, timeout_s, memory_mb) as pool:
        waiting: deque[tuple[Source, Future[Outcome]]] = deque()
        for source in sources:
            waiting.append((source, pool.submit(source)))
            if len(waiting) > 4 * count:
                source, reading = waiting.popleft()
                yield source, reading.result()
        while waiting:
            source, reading = waiting.popleft()
            yield source, reading.result()


def attempt(source: Source, regions: RegionIndex) -> Outcome:
    """Read one file in this process; whatever goes wrong is a Refusal."""
    try:
        return read(source, regions)
    except Refusal as refusal:
        return refusal
    except MemoryError:
        return _too_hungry()
    except RecursionError:
        return Refusal("hostile", "the file's parts are nested deeper than in any document; save it anew")
    except Exception as error:  # parsers raise what they like on broken input
        return Refusal(
            "unreadable", f"the file is broken in a way its reader does not know ({type(error).__name__}: {error!s:.200}); save it anew"
        )


def _too_hungry() -> Refusal:
    return Refusal(
        "hostile", "reading the file takes more memory than is allowed; split it, save it anew, or raise DAJUAN_READING_MEMORY_MB"
    )


class _Pool:
    """Threads, each of which talks to a worker process of its own."""

    def __init__(self, count: int, timeout_s: float, memory_mb: int) -> None:
        self._threads = ThreadPoolExecutor(count, thread_name_prefix="reading")
        self._workers: queue.LifoQueue[_Worker] = queue.LifoQueue()
        self._all = [_Worker(timeout_s, memory_mb) for _ in range(count)]
        for worker in reversed(self._all):
            self._workers.put(worker)

    def __enter__(self) -> _Pool:
        return self

    def __exit__(self, *_: object) -> None:
        self._threads.shutdown(wait=True, cancel_futures=True)
        for worker in self._all:
            worker.stop()

    def submit(self, source: Source) -> Future[Outcome]:
        return self._threads.submit(self._read, source)

    def _read(self, source: Source) -> Outcome:
        worker = self._workers.get()
        try:
            return worker.read(source)
        finally:
            self._workers.put(worker)


class _Worker:
    """One worker process, started when first needed and again after it was killed."""

    def __init__(self, timeout_s: float, memory_mb: int) -> None:
        self._timeout_s, self._memory_mb = timeout_s, memory_mb
        self._process: subprocess.Popen[bytes] | None = None

    def read(self, source: Source) -> Outcome:
        process = self._process or self._start()
        deadline = time.monotonic() + self._timeout_s
        try:
            assert process.stdin is not None
            assert process.stdout is not None
            _send(process.stdin, source)
            status, *result = pickle.loads(_receive(process.stdout.fileno(), deadline))  # our own process speaks here
        except TimeoutError:
            self.stop()
            return Refusal("timeout", f"reading took longer than {self._timeout_s:g} s and was stopped; it is tried again on the next run")
        except (OSError, EOFError, pickle.PickleError):
            self.stop()
            return Refusal("hostile", "the file killed its reader (out of memory or a crash); save it anew, as .docx, .txt or .xlsx")
        return Refusal(*result) if status == "refused" else result[0]

    def stop(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        for stream in (process.stdin, process.stdout):
            if stream:
                with suppress(OSError):
                    stream.close()
        process.wait()

    def _start(self) -> subprocess.Popen[bytes]:
        paths = [str(PACKAGE.parent), *filter(None, [os.environ.get("PYTHONPATH")])]
        process = subprocess.Popen(
            [sys.executable, "-m", "orchestration.reading.worker", str(self._memory_mb)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(paths)},
        )
        self._process = process
        assert process.stdout is not None
        _receive(process.stdout.fileno(), time.monotonic() + max(self._timeout_s, 60))  # it is ready: start-up is not the file's time
        return process


def _send(stream: IO[bytes], value: Any) -> None:
    data = pickle.dumps(value)
    stream.write(LENGTH.pack(len(data)) + data)
    stream.flush()


def _receive(handle: int, deadline: float) -> bytes:
    """One message. TimeoutError after `deadline` (monotonic seconds), EOFError where the other side is gone."""
    (length,) = LENGTH.unpack(_exactly(handle, LENGTH.size, deadline))
    return _exactly(handle, length, deadline)


def _exactly(handle: int, length: int, deadline: float) -> bytes:
    data = bytearray()
    while len(data) < length:
        if not select.select([handle], [], [], max(deadline - time.monotonic(), 0))[0]:
            raise TimeoutError
        chunk = os.read(handle, min(length - len(data), 2**20))
        if not chunk:
            raise EOFError
        data += chunk
    return bytes(data)


def _serve(memory_mb: int) -> None:
    """The worker's life: a source in, its outcome out, until the input ends."""
    inward, outward = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a parser prints must not get among the messages
    regions = RegionIndex.load()
    resource.setrlimit(resource.RLIMIT_AS, (memory_mb * 2**20, memory_mb * 2**20))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _send(outward, "ready")
    while header := inward.read(LENGTH.size):
        outcome = attempt(pickle.loads(inward.read(*LENGTH.unpack(header))), regions)
        try:
            _send(outward, _message(outcome))
        except MemoryError:  # raised before the first byte is written
            _send(outward, _message(_too_hungry()))


def _message(outcome: Outcome) -> tuple[Any, ...]:
    return ("refused", outcome.code, outcome.reason) if isinstance(outcome, Refusal) else ("read", outcome)


if __name__ == "__main__":
    _serve(int(sys.argv[1]))
