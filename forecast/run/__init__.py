"""One question, answered: config in, `Outcome` out, and everything written to its folder in one step."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

import pandas as pd

from forecast import __version__, config, figures, report
from forecast.answers import Case, Labelled, assemble
from forecast.config import Question, texts
from forecast.errors import ConfigError, ForecastError
from forecast.estimate import Data, Estimate, FigureData, estimate
from forecast.figures.asked import day_asked
from forecast.outcome import Outcome, Snapshot, Stamp
from forecast.parallel import announced, in_order, pmap
from forecast.rooms import furnish
from forecast.run import snapshots
from forecast.run.data import load, plan_of
from forecast.run.doubts import findings, refuse
from forecast.run.earlier import Earlier, earlier
from forecast.run.folder import check_free, check_writable, grounds, replace_bytes, settled, write
from forecast.run.whose import all_told
from forecast.tables import Finding

__all__ = ["Options", "answer", "answered", "questions_among", "run", "run_all", "write_index"]

STAMPED = ("numpy", "pandas", "scipy", "statsmodels", "matplotlib", "typst", "holidays")
BASELINE = {"en": "Baseline", "vi": "Kịch bản cơ sở"}


@dataclass(frozen=True)
class Options:
    """Hold what a command line may say over a config.

    as_of : day or month that overrides the config's; in neither, the latest publication in the data
    out : folder of all reports · languages : override the config's · data : folders searched for its files
    show_outcome : add what became known after `as_of`, on a marked page
    """

    as_of: str | None = None
    out: str | os.PathLike[str] = "reports"
    languages: tuple[str, ...] = ()
    data: tuple[Path, ...] = ()
    show_outcome: bool = False


def run(
    question: str | os.PathLike[str] | Question,
    as_of: str | None = None,
    out: str | os.PathLike[str] = "reports",
) -> Outcome:
    """Answer the question of a config and write <out>/<name>/<as_of>/.

    Returns the outcome. Raises ConfigError or DataError for the user's mistakes and FitError where nothing could
    be fitted; in each case an earlier report in the folder is untouched.
    """
    ((_, (outcome, _)),) = pmap(partial(answer, options=Options(as_of, out)), [question])
    return outcome


def run_all(configs: Sequence[str], options: Options, jobs: int = 1) -> Iterator[tuple[Outcome, Path]]:
    """Answer several questions, `jobs` at a time, each outcome with its folder, in the order of the configs.

    Of several, every config and its data are read before the first question is answered, and once more for its answer:
    the data of all at once may be more than the memory holds. Raises as `run` does, with the problems of all configs
    at once: before any work what their reading shows, after that of all others what only the work of one shows.
    """
    questions = _all_read(configs, options) if len(configs) > 1 else configs
    work = partial(_tried, options=options)
    mistakes: dict[str, ForecastError] = {}
    asked = iter(configs)
    for part in [questions] if jobs != 1 else [[question] for question in questions]:
        for tried in in_order(pmap(work, part, jobs, describe="reports" if jobs != 1 else "")):
            path = next(asked)
            if isinstance(tried, ForecastError):
                mistakes[path] = tried
            else:
                yield tried
    if mistakes:
        raise all_told(mistakes, len(configs))


def _tried(asking: str | Question, options: Options) -> tuple[Outcome, Path] | ForecastError:
    """The answer to one question of several, or why there is none: an error would end the work on the others."""
    try:
        return answer(asking, options)
    except ForecastError as error:
        return error


def questions_among(configs: Sequence[str]) -> list[str]:
    """Return the configs, each once, without those of backtests; all where nothing else is named."""
    each = list({os.path.realpath(path): path for path in configs}.values())
    return [path for path in each if not _asks_for_a_backtest(path)] or each


def _asks_for_a_backtest(path: str) -> bool:
    try:
        return config.is_backtest(path)
    except ForecastError:
        return False  # an unreadable config is told with the problems of all


def write_index(done: Sequence[tuple[Outcome, Path]], out: Path, languages: Sequence[str]) -> list[Path]:
    """Write index.<lang>.html beside the reports: one line per question, what changed most first.

    languages : those of the reports where none is named
    """
    codes = [code for code in report.LANGUAGES if any([*f.glob(f"report.{code}.*")] for _, f in done)]
    written = []
    for code in languages or codes:
        entries = [report.Entry(outcome, _address(folder, out, code)) for outcome, folder in done]
        written.append(out / f"index.{code}.html")
        replace_bytes(written[-1], report.index(entries, code).encode())
    return written


def _address(folder: Path, out: Path, code: str) -> str:
    """The report to open from the index: the web page, else the PDF, else its folder."""
    files = [folder / f"report.{code}.{kind}" for kind in ("html", "pdf")]
    chosen = next((file for file in files if file.exists()), folder)
    return chosen.relative_to(out).as_posix()


def answer(asking: str | os.PathLike[str] | Question, options: Options) -> tuple[Outcome, Path]:
    """Answer one question, or that of a config, and return its outcome with the folder it was written to.

    Raises as `run` does.
    """
    question = asking if isinstance(asking, Question) else config.read(asking, options.data)
    _makeable(question, options)
    reports = Path(options.out) / question.config.name
    outcome, estimated = answered(question, options.as_of, options.show_outcome, reports)
    folder = reports / outcome.as_of
    languages = options.languages or question.config.report.languages
    files = grounds(question, outcome, estimated, languages)
    del estimated  # many times as large as its files, and the pages need the memory
    write(question, outcome, files, folder, languages)
    return outcome, folder


def answered(
    question: Question, as_of: str | None = None, show_outcome: bool = False, reports: Path | None = None
) -> tuple[Outcome, Estimate]:
    """Answer one question, write nothing, and return its outcome with what it was read from.

    as_of, show_outcome : as `Options` has them
    reports : the folder of its earlier reports, which the answer is compared with; None compares with none
    Raises as `run` does.
    """
    data, odd, later = _read(question, as_of, show_outcome)
    before = Earlier()
    if reports is not None:
        day = str(data.as_of.date())
        check_free(reports / day)
        settled(reports)
        before = earlier(question, data, reports, day)
    estimated = estimate(data, plan_of(question, as_of), question.config.seed).without_fits()
    case = Case(
        data,
        estimated,
        _labelled(question, data, as_of),
        (*odd, *before.findings),
        before.asked_so,
        since=_since(question, before.every, as_of),
        adjust=question.config.adjust,
        later=later,
    )
    return assemble(case), estimated


def _read(
    question: Question, as_of: str | None, show_outcome: bool
) -> tuple[Data, tuple[Finding, ...], Data | None]:
    """The data that the answer sees, what is odd about them, and beside them those of later where they are shown.

    Raises ForecastError where no answer can rest on them.
    """
    with announced("reading the data"):
        seen = load(question, as_of, show_outcome=False)
        odd = findings(question, seen, as_of)
    refuse(odd)
    return seen, odd, load(question, as_of, show_outcome=True) if show_outcome else None


def _makeable(question: Question, options: Options) -> None:
    """Refuse a language, a format, a date, a folder or a history that cannot be used before the work, not after it."""
    check_writable(Path(options.out))
    check_writable(Path(options.out) / question.config.name)
    if options.as_of is not None:
        day_asked(options.as_of, "as_of")
    report.check(options.languages or question.config.report.languages, question.config.report.formats)
    snapshots.check(Path(options.out) / question.config.name)


def _since(question: Question, every: tuple[Snapshot, ...], as_of: str | None) -> pd.Timestamp | None:
    """The day that the answer is compared with: the config's for its own date, else the latest earlier report's.

    Where another date is asked and no report came before, it is the config's if that is earlier.
    """
    named = question.config.report.since
    since = None if named is None else figures.as_day(named)
    if every and (since is None or as_of is not None):
        return pd.Timestamp(every[-1].as_of)
    return since if as_of is None or since is None or since < figures.as_day(as_of) else None


def _all_read(configs: Sequence[str], options: Options) -> list[Question]:
    """Read every config and its data, so that a mistake in the last is told before the first is answered."""
    questions: list[Question] = []
    mistakes: dict[str, ForecastError] = {}
    for path in configs:
        try:
            questions.append(config.read(path, options.data))
            _makeable(questions[-1], options)
            _read(questions[-1], options.as_of, options.show_outcome)
        except ForecastError as error:
            mistakes[path] = error
    if mistakes:
        raise all_told(mistakes, len(configs))
    _own_names(questions)
    return questions


def _own_names(questions: Sequence[Question]) -> None:
    """Refuse two questions of one name, whose reports would take each other's place."""
    first: dict[str, Path] = {}
    for question in questions:
        before = first.setdefault(question.config.name, question.path)
        if first[question.config.name] is not question.path:
            raise ConfigError(
                f'{question.path}: name: "{question.config.name}" is that of {before}; give each question its own'
            )


def _labelled(question: Question, data: Data, as_of: str | None) -> Labelled:
    asks = question.config
    path = question.path.name if question.path.is_absolute() else question.path.as_posix()
    stamp = Stamp(
        command=_command(question, path, as_of),
        config_sha256=sha256(question.source).hexdigest(),
        data_sha256=_fingerprint(data),
        seed=asks.seed,
        paths=asks.paths,
        draws=asks.draws,
        versions={
            "iip-forecast": __version__,
            "python": sys.version.split()[0],
            **{package: version(package) for package in STAMPED},
        },
    )
    holidays = ", ".join(asks.calendar.holidays) if asks.calendar else ""
    calendar = ": ".join(filter(None, (asks.calendar.country, holidays))) if asks.calendar else "none"
    labels = {"baseline": BASELINE}
    for scenario in asks.scenarios:
        plain = scenario.name.replace("_", " ")
        given = texts(scenario.label) if scenario.label else {"en": plain, "vi": plain}
        labels[scenario.name] = BASELINE if scenario.name == "baseline" and not scenario.label else given
    measure = None if asks.measure is None else texts(asks.measure)
    return Labelled(asks.name, texts(asks.title), labels, calendar, stamp, measure)


def _command(question: Question, path: str, as_of: str | None) -> str:
    """How to ask again: of a question put in Python, the config that says the same is in the manifest's place."""
    if question.path == config.NOWHERE:
        return "forecast.answer(…)"
    return f"forecast run {path}" + (f" --as-of {as_of}" if as_of else "")


def _fingerprint(data: Data) -> str:
    """Hash of the data that the forecast could see, so that what came later moves nothing."""
    if isinstance(data, FigureData):
        return data.figures.as_of(data.as_of).fingerprint()
    beside = [
        data.known_panel,
        *(panel.as_of(data.as_of).table.dropna(how="all") for panel in data.indicators),
    ]
    tables = [data.known.to_frame(), *(table.dropna(axis=1, how="all") for table in beside)]
    return sha256("".join(str(table.to_csv()) for table in tables).encode()).hexdigest()


furnish(__name__)
