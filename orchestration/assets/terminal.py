"""What a person at the terminal sees of a run: a line when a step begins or ends, and what the steps say."""

import logging
import time

import dagster as dg
from rich.console import Console
from rich.status import Status

SAID = "· "  # begins what a step says to people; all else that Dagster logs is for its own records


class StepLines(logging.Handler):
    """Dagster's log records as short lines on stderr; a spinner where there is a terminal to turn it."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.console = Console(stderr=True, highlight=False, soft_wrap=True)
        self.began = 0.0
        self.spinner: Status | None = None

    def emit(self, record: logging.LogRecord) -> None:
        """One record."""
        meta = getattr(record, "dagster_meta", {}) or {}
        event, message = meta.get("dagster_event"), str(meta.get("orig_message", record.getMessage()))
        kind = event.event_type_value if event else None
        if event is None and message.startswith(SAID):
            self.console.print(f"  {message}", style="dim")
        elif kind == "STEP_START":
            self.began = time.monotonic()
            self.spinner = self.console.status(f"{meta['step_key']} …")
            self.spinner.start()
        elif kind in ("STEP_SUCCESS", "STEP_FAILURE"):
            if self.spinner:
                self.spinner.stop()
            mark = "[green]✓[/green]" if kind == "STEP_SUCCESS" else "[red]✗[/red]"
            self.console.print(f"{mark} {meta['step_key']} [dim]{time.monotonic() - self.began:.1f} s[/dim]")


@dg.logger({}, description="Short lines for a person at the terminal")
def terminal(init_context: dg.InitLoggerContext) -> logging.Logger:
    """The job's console logger."""
    logger = logging.Logger("dajuan", logging.DEBUG)  # a logger of its own, outside the hierarchy, as Dagster wants it
    logger.addHandler(StepLines())
    return logger
