"""What the README shows is what its commands print."""

from __future__ import annotations

import re
import shlex

from tests.conftest import ROOT
from tests.pipeline.conftest import Place

SHOWN = re.compile(r"```sh\n(dajuan query [^`]+?)\n```\n+```text\n([^`]+?)\n```")


def shown() -> list[tuple[str, str]]:
    return SHOWN.findall((ROOT / "README.md").read_text(encoding="utf-8"))


def test_three_queries_with_their_output(shipped: Place) -> None:
    assert len(shown()) >= 3
    for command, output in shown():
        done = shipped.run(*shlex.split(command)[1:])
        assert done.returncode == 0, done.stderr
        assert [line.rstrip() for line in done.stdout.strip().splitlines()] == output.splitlines(), command
