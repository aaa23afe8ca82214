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
    "lists": "Help first, not now, never told.  支援優先・今は提案しない・お知らせ漏れ",
    "explain": "Why is a customer on the list, or not?  顧客ごとの理由を見る",
    "customers": "Customers with health, stage and touch.  顧客の一覧",
    "white-space": "What each customer does not use yet.  未利用の商品・オプション・部署",
    "readiness": "Each criterion of a play: met, missing, and when.  提案可否シート",
    "kpi": "Movements of revenue and its rates, by month, quarter or fiscal year.  売上の増減と各種の率",
    "ltv": "What each customer will buy, or how long they will stay.  顧客生涯価値(LTV)の予測",
    "value": "What a customer is worth: LTV, LTV/CAC, what moved it.  LTVとその内訳・回収期間",
    "best-time": "When customers answer, or that any time is as good.  ご連絡・ご提案に良い時期",
    "claims": "Published claims beside your own measured values.  通説と自社の実測値",
    "quarantine": "Rows set aside: list, export, retry.  取り込めなかった行",
    "calibration": "Is the health score true, on your own past?  ヘルススコアを実績で検証する",
    "learn": "Chances of acceptance and weights of health, from your own history.  承諾見込みと重みを学習する",
    "backtest": "What followed when a play would have fired.  型を過去のデータで検証する",
    "experiments": "What the hold-outs prove of each play.  非接触群で分かった型の効果と害",
    "pushiness": "What proposals cost customers.  押し売り度",
    "after-yes": "What followed when customers said yes.  ご承諾の後に起きたこと",
    "uplift": "Whom a proposal moves, or that all customers are alike.  ご提案で動くのは誰か",
    "proof": "Compute what the results pages show, and keep it.  検証結果をまとめて計算して保存する",
    "chart": "A picture of one of these results, as SVG or PNG.  図をSVG・PNGで書き出す",
    "serve": "The web app with its worker.  画面を起動する",
    "score": "Compare with naive policies on simulated truth.  シミュレーターで採点する",
    "personal-data": "Everything held of a customer, as JSON.  個人データの開示",
    "forget": "Erase a customer's personal data for good.  個人データの消去",
    "tidy": "Compact the lake and remove what is no longer needed.  データを整理する",
}


class LazyGroup(click.Group):
    """A group that knows its commands by name and imports one when it is wanted."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  click's signature
        """Return the names in the order of the day."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002  click's
        """Import the command."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"minori.cli.commands.{cmd_name.replace('-', '_')}")
        found: click.Command = module.command
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002  click's
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
