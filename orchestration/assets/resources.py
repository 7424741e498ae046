"""What a run needs: the settings, the lake, and the right to be the only one that writes."""

import fcntl
from typing import IO

import dagster as dg
from pydantic import PrivateAttr

from orchestration.lake import Lake
from orchestration.settings import Settings, SettingsError, load, prepare


class Workspace(dg.ConfigurableResource):
    """Settings and lake of one run; holds the build lock while the run lasts."""

    _settings: Settings = PrivateAttr()
    _lock: IO[bytes] = PrivateAttr()

    def setup_for_execution(self, context: dg.InitResourceContext) -> None:
        """Prepare the folders and take the lock, or say who holds it."""
        self._settings = load()
        prepare(self._settings)
        self._lock = (self._settings.home / "build.lock").open("wb")
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise SettingsError(f"another build is writing to {self._settings.home}; wait for it to end") from None
        self.lake.prepare()

    def teardown_after_execution(self, context: dg.InitResourceContext) -> None:
        """Give the lock back."""
        self._lock.close()

    @property
    def settings(self) -> Settings:
        """The settings of this run."""
        return self._settings

    @property
    def lake(self) -> Lake:
        """The lake of this run."""
        return Lake(self._settings.lake)
