"""Exports of made-up companies, and what comes of a draft when it is loaded without an edit."""

import csv
import random
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from minori.sources.connect import Proposal
from minori.sources.connecting.draft import Draft
from minori.sources.connecting.guess import Guess
from minori.sources.definitions import parse_sources
from minori.sources.job import Job, Outcome, Unit
from minori.sources.worker import load


def write_csv(path: Path, header: str, rows: Iterable[Sequence[object]], encoding: str = "utf-8") -> Path:
    """Write a CSV file; ``header`` is its names with commas between."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", newline="", encoding=encoding) as stream:
        csv.writer(stream).writerows([header.split(","), *rows])
    return path


def loaded(proposal: Proposal, workspace: Path, folder: Path) -> dict[str, Outcome]:
    """Load every source of a draft as it is; return what came of each, by id."""
    sources = parse_sources(proposal.text, "sources.yaml")
    folder.mkdir()
    job = Job(
        workspace=str(workspace),
        file="sources.yaml",
        text=proposal.text,
        units=tuple(Unit(source=defined.source.id) for defined in sources),
        time_zone="Asia/Tokyo",
        currency="JPY",
        now=datetime(2026, 11, 1, tzinfo=UTC),
        number=1,
        folder=str(folder),
    )
    return {outcome.source: outcome for outcome in load(job, lambda *_: None)}


def source(proposal: Proposal, name: str) -> Draft:
    """Return a source of the draft by id."""
    return next(draft for draft in proposal.sources if draft.id == name)


def guess(proposal: Proposal, name: str, target: str) -> Guess:
    """Return how a source of the draft feeds a column."""
    return next(one for one in source(proposal, name).guesses if one.target == target)


def saas_company(workspace: Path) -> list[Path]:
    """Write five exports of a company that sells software by seats, usage keyed by subscription."""
    chance, start, here = random.Random(7), date(2023, 1, 9), workspace / "exports"
    accounts = [f"A-{number:06x}" for number in range(30)]

    def day(most: int = 600) -> date:
        return start + timedelta(days=chance.randrange(most))

    return [
        write_csv(
            here / "acme_accounts.csv",
            "account_id,account_name,industry,country,signup_date,referral_source,plan_tier,seats",
            [(a, f"Company {a}", "EdTech", "US", day(), chance.choice("xyz"), "Pro", 5) for a in accounts],
        ),
        write_csv(
            here / "acme_subscriptions.csv",
            "subscription_id,account_id,start_date,end_date,plan_tier,seats,mrr_amount,is_trial,billing_frequency",
            [
                (
                    f"S-{n}",
                    chance.choice(accounts),
                    day(),
                    "",
                    "Pro",
                    n,
                    n * 49,
                    n % 9 == 0,
                    chance.choice(["monthly", "annual"]),
                )
                for n in range(1, 90)
            ],
        ),
        write_csv(
            here / "acme_feature_usage.csv",
            "usage_id,subscription_id,usage_date,feature_name,usage_count,error_count",
            [
                (f"U-{n // 2}", f"S-{n % 89 + 1}", day(700), f"feature_{n % 40}", n % 24, 0)
                for n in range(600)
            ],
        ),
        write_csv(
            here / "acme_support_tickets.csv",
            "ticket_id,account_id,submitted_at,closed_at,priority,satisfaction_score",
            [
                (
                    f"T-{n}",
                    chance.choice(accounts),
                    day(),
                    f"{day()} 10:30:00",
                    ("low", "medium", "urgent")[n % 3],
                    ("", "4.0")[n % 2],
                )
                for n in range(60)
            ],
        ),
        write_csv(
            here / "acme_churn_events.csv",
            "churn_event_id,account_id,churn_date,reason_code,feedback_text",
            [(f"C-{n}", chance.choice(accounts), day(), "pricing", "too expensive") for n in range(20)],
        ),
    ]


def japanese_company(workspace: Path) -> list[Path]:
    """Write exports as Japanese software does: CP932, 年月日, yen signs, full-width digits."""
    chance, here = random.Random(3), workspace / "データ"
    ids = [f"{number:05d}" for number in range(1, 31)]
    uses = [
        write_csv(
            here / f"利用ログ_2024{month:02d}.csv",
            "利用日時,契約番号,機能名,回数",
            [
                (
                    f"2024/{month}/{n % 28 + 1} {n % 24}:{n % 60:02d}",
                    f"K{n % 40:04d}",
                    "CSVダウンロード",
                    n % 9,
                )
                for n in range(150)
            ],
        )
        for month in (1, 2)
    ]
    return [
        *uses,
        write_csv(
            here / "顧客一覧.csv",
            "顧客ID,会社名,業種,従業員数,都道府県,メールアドレス,登録日",
            [
                (
                    c,
                    f"株式会社{c}",
                    "製造",
                    f"{n * 1000:,}",
                    "東京都",
                    f"a{c}@example.co.jp",
                    f"2023/{n % 12 + 1}/5",
                )
                for n, c in enumerate(ids)
            ],
            "cp932",
        ),
        write_csv(
            here / "契約.csv",
            "契約番号,顧客ID,プラン,アカウント数,月額料金,契約開始日,契約終了日,トライアル",
            [
                (
                    f"K{n:04d}",
                    chance.choice(ids),
                    "ライト",
                    "１２",
                    f"￥{n * 1000:,}",
                    f"2024年{n % 12 + 1}月3日",
                    "",
                    "はいえ"[n % 2 : n % 2 + 2].replace("いえ", "いいえ"),
                )
                for n in range(40)
            ],
            "cp932",
        ),
        write_csv(
            here / "問い合わせ.csv",
            "問い合わせ番号,顧客ID,件名,優先度,受付日時,完了日時",
            [
                (f"Q{n}", chance.choice(ids), "使い方", "高中"[n % 2], f"2024-03-{n % 28 + 1:02d} 10:00", "")
                for n in range(30)
            ],
            "euc_jp",
        ),
    ]
