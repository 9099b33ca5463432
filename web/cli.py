"""The command line: arguments in, exit codes out."""

import logging
import sys
from collections.abc import Sequence
from io import StringIO

import click

from index.errors import PolicySearchError
from web.command_line.catalogue import Catalogue
from web.command_line.options import common_data_option
from web.commands.exits import EXIT_OF_CAUSE, Exit, advice_of_system, exit_of_system
from web.commands.terminal import print_error
from web.config import load_settings
from web.errors import BadParameters
from web.logs import set_up_logging

DISTRIBUTION = "regional-policy-search"
PROGRAM = "policy-search"

_log = logging.getLogger(__name__)


@click.group(cls=Catalogue, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name=DISTRIBUTION)
@common_data_option
def cli() -> None:
    """Search Chinese regional policy news.

    Exit status: 0 done, 1 nothing found or a check failed, 2 bad usage or input, 3 another writer is busy.
    """
    settings = load_settings()
    set_up_logging(settings.log_level, settings.log_form)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command and exit with its status; errors are one line on standard error, faults one each."""
    try:
        status = cli.main(arguments, prog_name=PROGRAM, standalone_mode=False)
    except click.ClickException as error:
        shown = StringIO()
        error.show(shown)
        for line in shown.getvalue().splitlines():
            print_error(line)
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(Exit.STOPPED)
    except BadParameters as error:
        # The texts take a third of a second to load, and a command that fails so has loaded them already.
        from web.commands.faults import fault_lines  # noqa: PLC0415

        for line in fault_lines(error):
            print_error(line if line.startswith(" ") else f"{PROGRAM}: {line}")
        sys.exit(Exit.BAD_INPUT)
    except PolicySearchError as error:
        print_error(f"{PROGRAM}: {error}")
        sys.exit(EXIT_OF_CAUSE[error.cause])
    except OSError as error:
        _log.debug("the system refused something", exc_info=error)
        print_error(f"{PROGRAM}: {advice_of_system(error)}")
        sys.exit(exit_of_system(error))
    sys.exit(status or Exit.DONE)
