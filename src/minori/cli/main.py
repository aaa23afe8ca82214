"""The group of commands, each in a file of its own that is imported only when it is called."""

import importlib
import os
import sys

import click

from minori.core.errors import MinoriError
from minori.core.version import __version__

# name → one line for the list; the command itself is minori.cli.commands.<name with underscores>.command
COMMANDS = {
    "demo": "Make a sample company, run it, and show today's list.  サンプル会社を試す",
    "init": "Make a workspace from a preset.  ワークスペースを作る",
    "connect": "Look at files and propose sources.yaml.  ファイルから取り込み設定を提案する",
    "load": "Load every source into the lake.  データを取り込む",
    "check": "Check the definitions and say what is off and why.  定義を点検する",
    "run": "Decide a day: whom to approach, and whom to leave alone.  今日の提案を決める",
    "explain": "Why is a customer on the list, or not?  顧客ごとの理由を見る",
    "customers": "Customers with health, stage and touch.  顧客の一覧",
    "white-space": "What each customer does not use yet.  未利用の商品・オプション・部署",
    "readiness": "Each criterion of a play: met, missing, and when.  提案可否シート",
    "quarantine": "Rows set aside: list, export, retry.  取り込めなかった行",
    "score": "Compare with naive policies on simulated truth.  シミュレーターで採点する",
    "tidy": "Compact the lake and remove what is no longer needed.  データを整理する",
}


class LazyGroup(click.Group):
    """A group that knows its commands by name and imports one when it is wanted."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  click's signature
        """Return the names in the order of the day."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import the command."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"minori.cli.commands.{cmd_name.replace('-', '_')}")
        found: click.Command = module.command
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="minori")
def group() -> None:
    """minori (実り): which existing customer to approach, when, with what, in which words - and whom to leave alone."""


def main() -> None:
    """Run the command line; what goes wrong is one plain sentence on stderr and exit code 1."""
    try:
        group.main(standalone_mode=False, prog_name="minori")
    except click.exceptions.Exit as e:
        sys.exit(e.exit_code)
    except click.ClickException as e:
        e.show()
        sys.exit(e.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo("stopped", err=True)
        sys.exit(130)
    except MinoriError as e:
        click.echo(f"error: {e}", err=True)
        sys.exit(1)
    except BrokenPipeError:
        os.dup2(
            os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno()
        )  # the reader (head, less) has seen enough
        sys.exit(0)
