"""Sidecars that mean harm."""

import pytest

from orchestration.reading import sidecar
from orchestration.reading.model import Refusal


def test_nested_aliases_are_refused_at_once() -> None:
    """Forty doublings: written out they would fill any memory."""
    doubled = ", ".join(["&a0 [x, x]", *(f"&a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 40))])
    with pytest.raises(Refusal, match="title must be .* not a list") as refusal:
        sidecar.parse(f"title: [{doubled}]".encode(), "a.source.yml")
    assert refusal.value.code == "bad_sidecar"
