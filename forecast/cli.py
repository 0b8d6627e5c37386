"""`forecast …`: reads the command line, calls one room, prints. Rooms are imported only when a command needs them."""

from __future__ import annotations

import argparse
import contextlib
import errno
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING

from forecast import __version__, arguments

if TYPE_CHECKING:
    from forecast.outcome import Outcome
    from forecast.run import Options
    from forecast.tables import Layout

DONE, NO_FORECAST, USER_ERROR, INTERRUPTED = 0, 1, 2, 130  # exit codes; 130 is the shell's for SIGINT


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command. Returns 0 when done, 1 where no forecast could be made, 2 for the user's mistake."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # a name that the terminal cannot write ends no run
    os.environ["MPLBACKEND"] = "agg"  # no command opens a window, whatever notebooks of this machine use
    if not os.environ.get("SOURCE_DATE_EPOCH", "0").isdecimal():
        del os.environ["SOURCE_DATE_EPOCH"]  # NumPy would not load
    parser = arguments.parser()
    args = parser.parse_args(argv)
    if args.version or args.report_environment:
        args.command = "of_itself"
    elif args.command is None:
        parser.error("the following arguments are required: COMMAND")
    from forecast.stopping import stoppable

    with stoppable():
        return _done(args)


def _done(args: argparse.Namespace) -> int:
    """Do what a command line asks and say in a line what went wrong."""
    from forecast.errors import ConfigError, DataError, ForecastError

    try:
        arguments.refuse_misnamed(args)
        code = _COMMANDS[args.command](args)
        if sys.stdout is not None:  # None where the shell has closed it, and then print goes nowhere
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
    except ImportError as error:
        print(f"{error}; give more memory, or install the project again", file=sys.stderr)
        return NO_FORECAST
    except MemoryError:
        print("memory ran out; ask for fewer paths, draws or jobs, or a smaller file", file=sys.stderr)
        return NO_FORECAST
    except OSError as error:
        if error.errno == errno.ENOSPC:
            _drop_output()
        if error.filename is None and error.errno == errno.ENOENT:
            print("the folder in which this was started is gone; change into another", file=sys.stderr)
            return USER_ERROR
        if error.filename is None or error.errno == errno.ENOSPC:
            print(f"{error.filename or 'output'}: {error.strerror or error}", file=sys.stderr)
            return NO_FORECAST
        said = f"{error.filename}: cannot be read or written ({error.strerror})"
        print(f"{said}; choose another place or check its permissions", file=sys.stderr)
        return USER_ERROR
    except KeyboardInterrupt as stop:
        print(str(stop) or "stopped", file=sys.stderr)
        return INTERRUPTED


def _drop_output() -> None:
    """Let what is still to be printed go nowhere, where its reader has gone or its disk is full."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


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
    names = [name.strip() for name, _, _ in pairs]
    if twice := [name for name in dict.fromkeys(names) if names.count(name) > 1]:
        raise ConfigError(f"{option} {twice[0]}: given twice; keep one")
    return {name.strip(): value.strip() for name, _, value in pairs}


def _run(args: argparse.Namespace) -> int:
    from forecast.errors import ForecastError
    from forecast.run import Options, questions_among, write_index

    questions = questions_among(args.configs)
    asked = {os.path.realpath(path) for path in questions}
    for path in args.configs:
        if os.path.realpath(path) not in asked:
            print(f"{path}: left out, a backtest; `forecast backtest {path}` runs it", file=sys.stderr)
    languages = () if args.lang is None else tuple(args.lang.split(","))
    options = Options(args.as_of, args.out or "reports", languages, _folders(args), args.show_outcome)
    done: list[tuple[Outcome, Path]] = []
    failed: ForecastError | None = None
    try:
        for answer in _answered(questions, options, args.jobs):
            done.append(answer)
    except ForecastError as error:
        failed = error
    if done and len(questions) > 1:
        for file in write_index(done, Path(options.out), languages):
            print(file)
    if failed is not None:
        raise failed
    return DONE


def _demo(args: argparse.Namespace) -> int:
    from forecast.run import Options
    from forecast.run.demo import shipped

    list(_answered([str(shipped())], Options(out=args.out)))
    print("next, a folder for your own figures: forecast init my_region")
    return DONE


def _answered(configs: Sequence[str], options: Options, jobs: int = 1) -> Iterator[tuple[Outcome, Path]]:
    """Answer each config, print its finding and its files and pass it on."""
    from forecast.report import headline
    from forecast.run import run_all
    from forecast.run.told import rows_told

    for outcome, folder in run_all(configs, options, jobs):
        print(f"{outcome.name} as of {outcome.as_of}: {headline(outcome)}")
        for line in rows_told(outcome.findings):
            print(f"  {line}")
        written = ("report.*.pdf", "report.*.html", "report.*.xlsx", "desk.*.html")
        for file in sorted(file for pattern in written for file in folder.glob(pattern)):
            print(f"  {file}")
        yield outcome, folder


def _nowcast(args: argparse.Namespace) -> int:
    from forecast.run.nowcast import nowcast

    for line in nowcast(args.config, args.as_of, args.since, _folders(args)):
        print(line)
    return DONE


def _whatif(args: argparse.Namespace) -> int:
    from forecast.again import whatif

    typed = {lever: getattr(args, lever.removeprefix("--").replace("-", "_")) for lever in arguments.LEVERS}
    for line in whatif(Path(args.config), typed, Path(args.reports), args.as_of, args.save):
        print(line)
    return DONE


def _needed(args: argparse.Namespace) -> int:
    from forecast.again.growth import needed_told

    reports = Path(args.reports)
    for line in needed_told(
        Path(args.config), args.year, args.growth, args.quarters, args.sector, reports, args.as_of
    ):
        print(line)
    return DONE


def _score(args: argparse.Namespace) -> int:
    from forecast.run.score import score

    for line in score(Path(args.release), Path(args.reports), _layout(args)):
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
        from forecast.run.inspect import refuse_options
        from forecast.run.newest import newest

        refuse_options(Path(args.file), "--newest, which judges one month", _layout(args), (), args.show)
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

    files = [Path(file) for file in args.files]
    published, layout = args.published, _layout(args)
    for line in ingest(Path(args.store), files, published, layout, args.complete, args.take_out):
        print(line)
    return DONE


def _folders(args: argparse.Namespace) -> tuple[Path, ...]:
    return (Path(args.data),) if args.data else ()


def _of_itself(args: argparse.Namespace) -> int:
    if args.version:
        print(f"iip-forecast {__version__}")
    if args.report_environment:
        from forecast.run.environment import environment

        print("\n".join(environment()))
    return DONE


def _schema(args: argparse.Namespace) -> int:
    if args.outcome:
        from forecast.outcome import Outcome

        print(Outcome.schema(), end="")
        return DONE
    from forecast.config import schema

    print(schema(), end="")
    return DONE


_COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {
    "run": _run,
    "demo": _demo,
    "backtest": _backtest,
    "nowcast": _nowcast,
    "whatif": _whatif,
    "needed": _needed,
    "score": _score,
    "check": _check,
    "init": _init,
    "reconstruct": _reconstruct,
    "ingest": _ingest,
    "schema": _schema,
    "of_itself": _of_itself,
}


if __name__ == "__main__":
    sys.exit(main())
