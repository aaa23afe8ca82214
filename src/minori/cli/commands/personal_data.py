"""``minori personal-data``: everything the lake holds of a customer, or of one user of theirs."""

from pathlib import Path

import click

from minori.cli.shared import open_workspace, print_json, workspace_option


@click.command("personal-data")
@click.argument("customer")
@click.option("--user", help="Only this user of the customer, by id.")
@workspace_option
def command(customer: str, user: str | None, folder: Path | None) -> None:
    """Print everything the lake holds of CUSTOMER (id or name) as JSON: facts, results, rows set aside."""
    print_json(open_workspace(folder).personal_data(customer, user))
