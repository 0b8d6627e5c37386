"""The words of the command line: every command with its arguments, and what `--help` says of them."""

from __future__ import annotations

import argparse
from os.path import expanduser
from pathlib import Path
from typing import TYPE_CHECKING

from forecast.rooms import furnish

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]

__all__ = ["LEVERS", "parser", "refuse_misnamed"]

LEVERS = {
    "--shock": ("START:PCT[:HALF-LIFE]", "a sudden change of the level, fading: 2024-07:-8:6"),
    "--slope": ("START:PCT", "a change of the trend, percent a year: 2024-07:2"),
    "--year": ("YEAR=PCT", "growth of a year, at least: 2024=6"),
    "--year-average": ("YEAR=PCT", "growth of a year, on average"),
    "--next": ("[MONTH:]RATE=PCT", "the next print, or that of a month: yoy=12, 2024-07:ytd=5"),
    "--judge": ("MONTH=PCT", "your own chance of a return by a month: 2025-12=40"),
    "--normal": ("KIND[:PCT]", "what counts as normal, or a part of it: trend, pre_slump_peak:95"),
    "--rule": ("WINDOW:HOLD", "months averaged, and months in a row at normal: 3:6"),
}
"""Levers of `whatif`, each as often as wanted: the form of what follows, and what it does."""


def parser() -> argparse.ArgumentParser:
    """Return the parser of the command line; `command` of what it parses names the command, None without one."""
    whole = argparse.ArgumentParser(
        prog="forecast",
        description="When is industrial output back at its normal scale, how sure are we, and what would change it?",
    )
    whole.add_argument("--version", action="store_true", help="print the version")
    whole.add_argument(
        "--report-environment", action="store_true", help="print what a report of a fault needs to say"
    )
    whole.set_defaults(command=None)
    commands = whole.add_subparsers(metavar="COMMAND")
    for add in (
        _run,
        _demo,
        _backtest,
        _nowcast,
        _whatif,
        _needed,
        _score,
        _check,
        _init,
        _reconstruct,
        _ingest,
        _schema,
    ):
        add(commands)
    return whole


def _run(commands: Commands) -> None:
    run = commands.add_parser("run", help="answer the question of each config and write its report")
    run.add_argument("configs", nargs="+", metavar="CONFIG")
    run.add_argument("--as-of", metavar="DATE", help="see only what was published by this day or month")
    run.add_argument(
        "--out", type=expanduser, metavar="DIR", help="write DIR/<name>/<as_of>/ (default: reports)"
    )
    run.add_argument("--lang", metavar="en,vi", help="languages of the report")
    run.add_argument(
        "--data", type=expanduser, metavar="DIR", help="folder searched for the files that configs name"
    )
    run.add_argument("--jobs", type=int, default=1, metavar="N", help="configs answered at the same time")
    run.add_argument("--show-outcome", action="store_true", help="add what became known after the date")
    run.set_defaults(command="run")


def _demo(commands: Commands) -> None:
    demo = commands.add_parser("demo", help="answer the question that comes with the package")
    demo.add_argument(
        "--out",
        default="reports",
        type=expanduser,
        metavar="DIR",
        help="folder of reports (default: reports)",
    )
    demo.set_defaults(command="demo")


def _backtest(commands: Commands) -> None:
    backtest = commands.add_parser("backtest", help="score the same forecast at many past dates")
    backtest.add_argument("config", metavar="CONFIG")
    backtest.add_argument(
        "--data", type=expanduser, metavar="DIR", help="folder searched for the file that the config names"
    )
    backtest.add_argument(
        "--out",
        default="reports",
        type=expanduser,
        metavar="DIR",
        help="write DIR/<name>/ (default: reports)",
    )
    backtest.add_argument("--jobs", type=int, default=1, metavar="N", help="processes")
    backtest.add_argument(
        "--scheduler", metavar="tcp://…", help="a running Dask cluster, instead of processes"
    )
    backtest.add_argument("--resume", action="store_true", help="go on with what a stopped run had made")
    backtest.set_defaults(command="backtest")


def _nowcast(commands: Commands) -> None:
    nowcast = commands.add_parser("nowcast", help="what is known of the months that are not published yet")
    nowcast.add_argument("config", metavar="CONFIG")
    nowcast.add_argument("--as-of", metavar="DATE", help="see only what was published by this day or month")
    nowcast.add_argument("--since", metavar="DATE", help="tell what each release since this day or month did")
    nowcast.add_argument(
        "--data", type=expanduser, metavar="DIR", help="folder searched for the files that the config names"
    )
    nowcast.set_defaults(command="nowcast")


def _whatif(commands: Commands) -> None:
    whatif = commands.add_parser("whatif", help="what a scenario changes, from the paths of the last report")
    whatif.add_argument("config", metavar="CONFIG")
    for lever, (form, said) in LEVERS.items():
        whatif.add_argument(lever, action="append", default=[], metavar=form, help=said)
    _add_report(whatif)
    whatif.add_argument("--save", metavar="NAME", help="write the scenario into the config, comments kept")
    whatif.set_defaults(command="whatif")


def _needed(commands: Commands) -> None:
    needed = commands.add_parser(
        "needed", help="what the quarters left of a year must grow to reach a target"
    )
    needed.add_argument("config", metavar="CONFIG")
    needed.add_argument("--year", type=int, required=True, metavar="YEAR", help="the year of the target")
    needed.add_argument("--growth", required=True, metavar="PCT", help="growth that the year is to reach")
    needed.add_argument(
        "--quarters",
        metavar="PCT,…",
        help="planned growth of its quarters: 7,8,8.5,8.5; empty for one without a plan: 7,,8,8",
    )
    needed.add_argument(
        "--sector", action="append", default=[], metavar="NAME=PCT", help="a sector's own: manufacturing=9"
    )
    _add_report(needed)
    needed.set_defaults(command="needed")


def _score(commands: Commands) -> None:
    score = commands.add_parser("score", help="where a new release fell in what earlier reports forecast")
    score.add_argument("release", metavar="RELEASE", help="file of newly published figures")
    _add_reports(score)
    _add_published(score)
    _add_layout(score)
    score.set_defaults(command="score")


def _check(commands: Commands) -> None:
    check = commands.add_parser("check", help="list everything wrong with a config or a data file, at once")
    check.add_argument("file", metavar="CONFIG|FILE")
    check.add_argument(
        "--data", type=expanduser, metavar="DIR", help="folder searched for the files that a config names"
    )
    check.add_argument(
        "--show", action="store_true", help="everything that was read and left out, every finding"
    )
    _add_published(check)
    check.add_argument(
        "--newest",
        action="store_true",
        help="judge only the newest month of a config, under models frozen before it",
    )
    _add_layout(check)
    check.set_defaults(command="check")


def _init(commands: Commands) -> None:
    init = commands.add_parser("init", help="make a working starter folder for your own series")
    init.add_argument("name", metavar="NAME")
    init.set_defaults(command="init")


def _reconstruct(commands: Commands) -> None:
    reconstruct = commands.add_parser("reconstruct", help="index levels with intervals from published rates")
    reconstruct.add_argument("figures", metavar="FIGURES")
    reconstruct.add_argument("--region", required=True)
    reconstruct.add_argument("--sector", default="total")
    reconstruct.add_argument(
        "--related", default="", metavar="REGION,…", help="regions whose total informs the target"
    )
    reconstruct.add_argument("--country", metavar="CC", help="calendar, such as VN (Tết included)")
    reconstruct.add_argument(
        "--as-of", metavar="DATE", help="see only what was published by this day or month"
    )
    reconstruct.add_argument(
        "--out",
        default=".",
        type=expanduser,
        metavar="DIR",
        help="folder for levels.csv, suspects.csv, figures.csv and levels.svg",
    )
    _add_layout(reconstruct)
    reconstruct.set_defaults(command="reconstruct")


def _ingest(commands: Commands) -> None:
    ingest = commands.add_parser(
        "ingest", help="add a release to a store of vintages; nothing is overwritten"
    )
    ingest.add_argument("store", metavar="STORE")
    ingest.add_argument(
        "files", nargs="+", metavar="FILE|FOLDER", help="figures or levels, in any format that is read"
    )
    _add_published(ingest)
    ingest.add_argument(
        "--take-out",
        metavar="DATE",
        help="first delete what is stored under a wrong day or month of publication",
    )
    ingest.add_argument(
        "--complete",
        action=argparse.BooleanOptionalAction,
        default=None,
        help="levels: whether months that the file lacks are no longer given; by default so from its first month on",
    )
    _add_layout(ingest)
    ingest.set_defaults(command="ingest")


def _schema(commands: Commands) -> None:
    schema = commands.add_parser("schema", help="print the JSON Schema of configs, for editors")
    schema.add_argument("--outcome", action="store_true", help="that of report.json instead")
    schema.set_defaults(command="schema")


def _add_report(parser: argparse.ArgumentParser) -> None:
    """Let a command name the report that it asks."""
    parser.add_argument(
        "--as-of",
        metavar="DAY",
        help="the report of this day, or the latest of this month (default: the latest of all)",
    )
    _add_reports(parser)


def refuse_misnamed(given: argparse.Namespace) -> None:
    """Raise ConfigError for the name of a file or folder that no report, table or store can hold."""
    from forecast.errors import ConfigError
    from forecast.places import misnamed

    for value in vars(given).values():
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, str | Path) and (wrong := misnamed(one)):
                raise ConfigError(wrong)


def _add_reports(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--reports", default="reports", type=expanduser, metavar="DIR", help="folder of all reports"
    )


def _add_published(command: argparse.ArgumentParser) -> None:
    """Add the day of publication to a command that reads a release."""
    command.add_argument(
        "--published", metavar="DATE", help="day or month of publication, where the file does not say it"
    )


def _add_layout(command: argparse.ArgumentParser) -> None:
    """Add what a config says of a data file to a command that reads one without a config."""
    command.add_argument("--sheet", metavar="NAME", help="sheet of a workbook")
    command.add_argument("--decimal", choices=(".", ","), help="decimal sign; detected if left out")
    command.add_argument(
        "--column",
        action="append",
        default=[],
        metavar="NAME=HEADING",
        help="heading of a column, as sector=Nhóm",
    )
    command.add_argument(
        "--fill",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="a column the file lacks, as region=bac_ninh",
    )
    command.add_argument(
        "--rates", choices=("percent", "index"), help="index: rates are printed as 106.3 for +6.3 %%"
    )


furnish(__name__)
