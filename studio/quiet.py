"""What libraries would say or send on their own account: nothing. Set at the edge of the process, before they load."""

import os

VARIABLES = {
    "DO_NOT_TRACK": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",  # huggingface_hub, transformers and trl read it when they are imported
    "HF_DATASETS_DISABLE_PROGRESS_BARS": "1",
    "TOKENIZERS_PARALLELISM": "false",  # else a warning after every child process
}
"""A value that the user has set stays."""


def keep_quiet() -> None:
    """Switch off usage statistics and the libraries' own progress bars: a stage tells its progress itself."""
    for name, value in VARIABLES.items():
        os.environ.setdefault(name, value)


def without_loading_bars() -> None:
    """Keep transformers from drawing "Loading weights" over the display of the stages."""
    from transformers.utils import logging

    logging.disable_progress_bar()
