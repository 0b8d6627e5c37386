"""`forecast …`: reads the command line, calls one room, prints. Rooms are imported only when a command needs them."""

from __future__ import annotations

import argparse
import contextlib
import errno
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from forecast import __version__

if TYPE_CHECKING:
    from forecast.tables import Layout

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

DONE, NO_FORECAST, USER_ERROR, INTERRUPTED = 0, 1, 2, 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command. Returns 0 when done, 1 where no forecast could be made, 2 for the user's mistake."""
    args = _parser().parse_args(argv)
    from forecast.stopping import stoppable

    with stoppable():
        return _done(args)


def _done(args: argparse.Namespace) -> int:
    """Do what a command line asks and say in a line what went wrong."""
    from forecast.errors import ConfigError, DataError, ForecastError

    try:
        code = int(args.command(args))
        sys.stdout.flush()
        return code
    except (ConfigError, DataError) as error:
        print(error, file=sys.stderr)
        return USER_ERROR
    except ForecastError as error:
        print(error, file=sys.stderr)
        return NO_FORECAST
    except BrokenPipeError:  # what reads our lines has gone: `forecast run … | head`
        _drop_output()
        return NO_FORECAST
    except MemoryError:
        print("memory ran out; ask for fewer paths, draws or jobs, or a smaller file", file=sys.stderr)
        return NO_FORECAST
    except OSError as error:
        if error.errno == errno.ENOSPC:
            _drop_output()
        if error.filename is None or error.errno == errno.ENOSPC:
            print(f"{error.filename or 'output'}: {error.strerror or error}", file=sys.stderr)
            return NO_FORECAST
        print(
            f"{error.filename}: cannot be read or written ({error.strerror}); "
            "choose another place or check its permissions",
            file=sys.stderr,
        )
        return USER_ERROR
    except KeyboardInterrupt as stop:
        print(str(stop) or "stopped", file=sys.stderr)
        return INTERRUPTED


def _drop_output() -> None:
    """Let what is still to be printed go nowhere, where its reader has gone or its disk is full."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="forecast",
        description="When is industrial output back at its normal scale, how sure are we, and what would change it?",
    )
    parser.add_argument("--version", action="version", version=f"iip-forecast {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    run = commands.add_parser("run", help="answer the question of each config and write its report")
    run.add_argument("configs", nargs="+", metavar="CONFIG")
    run.add_argument("--as-of", metavar="DATE", help="see only what was published by this day or month")
    run.add_argument("--out", metavar="DIR", help="write DIR/<name>/<as_of>/ (default: reports)")
    run.add_argument("--lang", metavar="en,vi", help="languages of the report")
    run.add_argument("--data", metavar="DIR", help="folder searched for the files that configs name")
    run.add_argument("--jobs", type=int, default=1, metavar="N", help="configs answered at the same time")
    run.add_argument("--show-outcome", action="store_true", help="add what became known after the date")
    run.set_defaults(command=_run)

    backtest = commands.add_parser("backtest", help="score the same forecast at many past dates")
    backtest.add_argument("config", metavar="CONFIG")
    backtest.add_argument("--data", metavar="DIR", help="folder searched for the file that the config names")
    backtest.add_argument(
        "--out", default="reports", metavar="DIR", help="write DIR/<name>/ (default: reports)"
    )
    backtest.add_argument("--jobs", type=int, default=1, metavar="N", help="processes")
    backtest.add_argument(
        "--scheduler", metavar="tcp://…", help="a running Dask cluster, instead of processes"
    )
    backtest.add_argument("--resume", action="store_true", help="go on with what a stopped run had made")
    backtest.set_defaults(command=_backtest)

    nowcast = commands.add_parser("nowcast", help="what is known of the months that are not published yet")
    nowcast.add_argument("config", metavar="CONFIG")
    nowcast.add_argument("--as-of", metavar="DATE", help="see only what was published by this day or month")
    nowcast.add_argument("--since", metavar="DATE", help="tell what each release since this day or month did")
    nowcast.add_argument("--data", metavar="DIR", help="folder searched for the files that the config names")
    nowcast.set_defaults(command=_nowcast)

    whatif = commands.add_parser("whatif", help="what a scenario changes, from the paths of the last report")
    whatif.add_argument("config", metavar="CONFIG")
    for lever, (form, said) in LEVERS.items():
        whatif.add_argument(lever, action="append", default=[], metavar=form, help=said)
    whatif.add_argument("--as-of", metavar="DAY", help="the report of this day (default: the latest)")
    whatif.add_argument("--reports", default="reports", metavar="DIR", help="folder of all reports")
    whatif.add_argument("--save", metavar="NAME", help="write the scenario into the config, comments kept")
    whatif.set_defaults(command=_whatif)

    score = commands.add_parser("score", help="where a new release fell in what earlier reports forecast")
    score.add_argument("release", metavar="RELEASE", help="file of newly published figures")
    score.add_argument("--reports", default="reports", metavar="DIR", help="folder of all reports")
    score.set_defaults(command=_score)

    check = commands.add_parser("check", help="list everything wrong with a config or a data file, at once")
    check.add_argument("file", metavar="CONFIG|FILE")
    check.add_argument("--data", metavar="DIR", help="folder searched for the files that a config names")
    check.add_argument(
        "--show", action="store_true", help="everything that was read and left out, every finding"
    )
    check.add_argument(
        "--published", metavar="DATE", help="day or month of publication, where the file has none"
    )
    check.add_argument(
        "--newest",
        action="store_true",
        help="judge only the newest month of a config, under models frozen before it",
    )
    _add_layout(check)
    check.set_defaults(command=_check)

    init = commands.add_parser("init", help="make a working starter folder for your own series")
    init.add_argument("name", metavar="NAME")
    init.set_defaults(command=_init)

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
        metavar="DIR",
        help="folder for levels.csv, suspects.csv, figures.csv and levels.svg",
    )
    _add_layout(reconstruct)
    reconstruct.set_defaults(command=_reconstruct)

    ingest = commands.add_parser(
        "ingest", help="add a release to a store of vintages; nothing is overwritten"
    )
    ingest.add_argument("store", metavar="STORE")
    ingest.add_argument(
        "files", nargs="+", metavar="FILE|FOLDER", help="figures or levels, in any format that is read"
    )
    ingest.add_argument(
        "--published", metavar="DATE", help="day or month of publication, where the file does not say it"
    )
    _add_layout(ingest)
    ingest.set_defaults(command=_ingest)

    commands.add_parser("schema", help="print the JSON Schema of configs, for editors").set_defaults(
        command=_schema
    )
    return parser


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


def _layout(args: argparse.Namespace) -> Layout:
    from forecast.tables import Layout

    fill = _pairs(args.fill, "--fill")
    if getattr(args, "published", None) is not None:
        fill["published"] = args.published
    return Layout(args.sheet, args.decimal, _pairs(args.column, "--column"), fill, args.rates)


def _pairs(given: Sequence[str], option: str) -> dict[str, str]:
    """Return NAME=VALUE arguments as a mapping. Raises ConfigError for one without a value."""
    from forecast.errors import ConfigError

    pairs = [text.partition("=") for text in given]
    if lacking := [name for name, sign, value in pairs if not (name and sign and value)]:
        raise ConfigError(f'{option} "{lacking[0]}" is not NAME=VALUE; write it as region=bac_ninh')
    return {name.strip(): value.strip() for name, _, value in pairs}


def _run(args: argparse.Namespace) -> int:
    from forecast.report import headline
    from forecast.run import Options, questions_among, run_all, write_index

    asked = questions_among(args.configs)
    for path in args.configs:
        if path not in asked:
            print(f"{path}: left out, a backtest; `forecast backtest {path}` runs it", file=sys.stderr)
    languages = tuple(args.lang.split(",")) if args.lang else ()
    options = Options(args.as_of, args.out or "reports", languages, _folders(args), args.show_outcome)
    done = []
    for outcome, folder in run_all(asked, options, args.jobs):
        done.append((outcome, folder))
        print(f"{outcome.name} as of {outcome.as_of}: {headline(outcome)}")
        for row in outcome.findings:
            print(f"  {row.place}: {row.said}")
        kinds = ("pdf", "html", "xlsx")
        for file in sorted(file for kind in kinds for file in folder.glob(f"report.*.{kind}")):
            print(f"  {file}")
    if len(done) > 1:
        for file in write_index(done, Path(options.out), languages):
            print(file)
    return DONE


def _nowcast(args: argparse.Namespace) -> int:
    from forecast.run.nowcast import nowcast

    for line in nowcast(args.config, args.as_of, args.since, _folders(args)):
        print(line)
    return DONE


def _whatif(args: argparse.Namespace) -> int:
    from forecast.again import whatif

    typed = {lever: getattr(args, lever.removeprefix("--").replace("-", "_")) for lever in LEVERS}
    for line in whatif(Path(args.config), typed, Path(args.reports), args.as_of, args.save):
        print(line)
    return DONE


def _score(args: argparse.Namespace) -> int:
    from forecast.run.score import score

    for line in score(Path(args.release), Path(args.reports)):
        print(line)
    return DONE


def _backtest(args: argparse.Namespace) -> int:
    from forecast.run.backtest import Work, run_backtest

    work = Work(args.jobs, args.scheduler, args.resume)
    text, folder = run_backtest(args.config, args.out, _folders(args), work)
    print(f"{text}\n\n{folder}")
    return DONE


def _check(args: argparse.Namespace) -> int:
    if args.newest:
        from forecast.run.newest import newest

        print("\n".join(newest(args.file, _folders(args))))
        return DONE
    from forecast.run.inspect import check

    for line in check(Path(args.file), _folders(args), _layout(args), args.show):
        print(line)
    return DONE


def _init(args: argparse.Namespace) -> int:
    from forecast.run.starter import init

    folder = init(args.name)
    print(f"{folder}: ready; next: forecast run {folder / 'question.yaml'}")
    return DONE


def _reconstruct(args: argparse.Namespace) -> int:
    from forecast.run.inspect import reconstruct

    related = tuple((region, "total") for region in args.related.split(",") if region)
    target = (args.region, args.sector)
    files, words = reconstruct(
        Path(args.figures), target, related, args.country, args.as_of, Path(args.out), _layout(args)
    )
    for line in [*words, *map(str, files)]:
        print(line)
    return DONE


def _ingest(args: argparse.Namespace) -> int:
    from forecast.run.ingest import ingest

    for line in ingest(Path(args.store), [Path(file) for file in args.files], args.published, _layout(args)):
        print(line)
    return DONE


def _folders(args: argparse.Namespace) -> tuple[Path, ...]:
    return (Path(args.data),) if args.data else ()


def _schema(args: argparse.Namespace) -> int:
    from forecast.config import schema

    print(schema(), end="")
    return DONE


if __name__ == "__main__":
    sys.exit(main())
