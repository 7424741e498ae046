"""Settings: paths from the environment, and clear errors for those that cannot work."""

from pathlib import Path

import pytest

from orchestration.settings import SettingsError, load, prepare


def test_defaults_count_from_the_current_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    settings = load({})
    assert (settings.raw, settings.home) == (tmp_path / "raw", tmp_path / "var")


def test_a_missing_landing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="DAJUAN_RAW=.*nowhere"):
        prepare(load({"DAJUAN_RAW": str(tmp_path / "nowhere"), "DAJUAN_HOME": str(tmp_path / "home")}))
    assert not (tmp_path / "home").exists()


def test_a_home_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(SettingsError, match="DAJUAN_HOME="):
        prepare(load({"DAJUAN_RAW": str(tmp_path), "DAJUAN_HOME": str(tmp_path / "file" / "home")}))


@pytest.mark.parametrize("value", ["many", "0", "-1", "1.5"])
def test_numbers_are_checked(value: str) -> None:
    with pytest.raises(SettingsError, match="DAJUAN_WORKERS"):
        load({"DAJUAN_WORKERS": value})


def test_children_see_the_same_places_and_no_telemetry(tmp_path: Path) -> None:
    env = load({"DAJUAN_RAW": str(tmp_path), "DAJUAN_HOME": str(tmp_path)}).environment()
    assert env["DAGSTER_HOME"].startswith(str(tmp_path))
    assert env["DBT_TARGET_PATH"].startswith(str(tmp_path))
    assert env["DBT_SEND_ANONYMOUS_USAGE_STATS"] == "false"
