"""Stored forecasts: a run that was killed goes on, and any number of workers gives the same tables."""

import json
import os
import shutil
import subprocess
import sys
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_array_equal

import forecast.backtest
from forecast.backtest import Backtest, Origins, backtest
from forecast.backtest.at_origin import Case, Piece, forecasts_at
from forecast.backtest.store import KEY, Store, fingerprint
from forecast.errors import ConfigError, DataError
from forecast.nowcast import Indicator, Panel
from forecast.slump import Slump
from tests.backtest.panels import SMALL, panel

REPO = Path(__file__).parents[2]
SOME = Origins((0, 6), least_follow_up=24)
KILLED_HALF_WAY = """
import os, signal, sys
from forecast.backtest import backtest
from forecast.backtest.store import Store
from tests.backtest.panels import SMALL, panel
from tests.backtest.test_store import SOME

put, count = Store.put, 0

def put_then_die(store, case, piece):
    global count
    put(store, case, piece)
    count += 1
    if count == 3:
        os.kill(os.getpid(), signal.SIGKILL)

Store.put = put_then_die
backtest(panel()[:2], SMALL, SOME, seed=7, store=sys.argv[1])
"""


def tables(found: Backtest) -> dict[str, str]:
    """Everything a backtest found, as text."""
    frames = ("recovery_forecasts", "recovery_outcomes", "point_forecasts", "scores", "failed")
    plain = {name: json.dumps(getattr(found, name)) for name in ("summary", "learned")}
    return plain | {name: getattr(found, name).to_csv() for name in frames}


@pytest.fixture(scope="module")
def undisturbed() -> dict[str, str]:
    return tables(backtest(panel()[:2], SMALL, SOME, seed=7))


@pytest.mark.slow
def test_a_killed_run_goes_on_with_what_is_missing(
    tmp_path: Path, undisturbed: dict[str, str], monkeypatch: pytest.MonkeyPatch
):
    store = tmp_path / "pieces"
    command = [sys.executable, "-c", KILLED_HALF_WAY, str(store)]
    killed = subprocess.run(command, cwd=REPO, capture_output=True, text=True, check=False)
    assert killed.returncode == -9, killed.stderr
    assert len(list(store.glob("*/*.json"))) == 3
    made = []

    def counted(cases: Sequence[Case], **spread: object) -> list[Piece]:
        made.extend(cases)
        return forecasts_at(cases, **spread)  # type: ignore[arg-type]

    monkeypatch.setattr(forecast.backtest, "forecasts_at", counted)
    resumed = tables(backtest(panel()[:2], SMALL, SOME, seed=7, store=store, resume=True))
    assert resumed == undisturbed
    assert len(made) == json.loads(undisturbed["summary"])["origins"] - 3


def test_a_stored_forecast_comes_back_as_it_was():
    rng = np.random.default_rng(1)
    month = pd.Period("2009-03", "M")
    slump = Slump(month - 5, True, month - 20, month - 9, np.nan, 3, 6)
    piece = Piece(
        "Bắc Ninh / total", month, slump, -0.1234567890123456, 1e-3 / 3, 100 / 7,
        np.array([np.nan, 1 / 3]), {"pool": rng.random(24)}, {"pool": rng.lognormal(size=(2, 4, 7))},
        {"pool": rng.normal(size=(5, 3))}, {"pool": 1 / 7}, {"x": "why"}, (("y", "draw 3: why"),),
    )  # fmt: skip
    back = Piece.from_plain(json.loads(json.dumps(piece.to_plain())))
    assert json.dumps(back.to_plain()) == json.dumps(piece.to_plain())
    assert (back.gap, back.growth, back.base) == (piece.gap, piece.growth, piece.base)
    assert_array_equal(back.scale, piece.scale)
    assert_array_equal(back.joint["pool"], piece.joint["pool"])
    assert (back.probability["pool"] == piece.probability["pool"]).all()
    assert back.elapsed == 5


def test_another_backtest_s_forecasts_are_not_gone_on_with(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    data = panel()[1:2]
    backtest(data, SMALL, SOME, seed=7, store=tmp_path / "pieces")
    revised = [replace(data[0], y=data[0].y * 1.001)]
    for other in (
        {"seed": 8}, {"panel": revised}, {"plan": replace(SMALL, paths=201)}, {"truth": 1},
        {"origins": replace(SOME, after_start=(0, 7))}, {},
    ):  # fmt: skip
        if not other:  # a later version
            monkeypatch.setattr(forecast.backtest, "__version__", "99")
        asked = {"panel": data, "plan": SMALL, "origins": SOME, "seed": 7} | other
        with pytest.raises(ConfigError, match="begun with another config, other data or another version"):
            backtest(**asked, store=tmp_path / "pieces", resume=True)
    monkeypatch.undo()
    again = backtest(data, SMALL, SOME, seed=8, store=tmp_path / "pieces")  # without resume it begins anew
    assert tables(again) == tables(backtest(data, SMALL, SOME, seed=8))


def test_the_hash_of_the_data_is_of_all_that_a_forecast_rests_on():
    one = panel()[1]
    beside = one.y.rename("s").to_frame()
    whole = replace(
        one,
        panel=beside * 2,
        panel_lag_days=20,
        indicators=(Panel(beside, (Indicator("s", 5, "difference"),)),),
    )
    others = [
        replace(whole, name="another"), replace(whole, y=whole.y * 1.001), replace(whole, panel=beside * 2.001),
        replace(whole, release_lag_days=1), replace(whole, panel_lag_days=21),
        replace(whole, as_of=whole.as_of - pd.Timedelta(days=1)),
        replace(whole, indicators=(Panel(beside * 1.001, (Indicator("s", 5, "difference"),)),)),
        replace(whole, indicators=(Panel(beside, (Indicator("s", 5),)),)),
    ]  # fmt: skip
    assert len({fingerprint([data]) for data in (whole, *others)}) == 9
    assert fingerprint([replace(whole, panel=whole.panel.copy())]) == fingerprint([whole])


def test_a_forecast_is_kept_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    store = Store(tmp_path / "pieces", "key", resume=False)
    case, piece = Case(panel()[0], pd.Period("2009-03", "M")), Piece("a", pd.Period("2009-03", "M"), None)

    def full(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="disk full"):
        store.put(case, piece)
    assert not store._place(case).exists()


def test_where_a_disk_is_full_the_folder_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_text", full)
    with pytest.raises(OSError, match="No space left") as told:
        forecast.backtest.store._write(tmp_path / "series" / "forecast.json", "{}")
    assert told.value.filename == str(tmp_path / "series")


def test_a_forecast_that_is_a_pipe_is_made_again(tmp_path: Path):
    store = Store(tmp_path / "pieces", "key", resume=False)
    case, piece = Case(panel()[0], pd.Period("2009-03", "M")), Piece("a", pd.Period("2009-03", "M"), None)
    store._place(case).parent.mkdir()
    os.mkfifo(store._place(case))
    assert store.get(case) is None
    store.put(case, piece)
    assert store.get(case) is not None


def test_forecasts_in_a_circle_of_links_are_told_and_a_link_to_a_folder_to_be_made_is_followed(
    tmp_path: Path,
):
    (tmp_path / "loop").symlink_to("loop")
    with pytest.raises(DataError, match=r"loop: is a link that leads nowhere \(to loop\)"):
        Store(tmp_path / "loop", "key", resume=False)
    (tmp_path / "link").symlink_to("away")
    Store(tmp_path / "link", "key", resume=False)
    assert (tmp_path / "away" / KEY).read_text() == "key"


def test_a_folder_of_other_files_is_never_emptied(tmp_path: Path):
    (tmp_path / "thesis.txt").write_text("years of work", encoding="utf-8")
    with pytest.raises(ConfigError, match="holds other files; name a new folder"):
        backtest(panel()[1:2], SMALL, SOME, store=tmp_path)
    assert (tmp_path / "thesis.txt").exists()


@pytest.mark.parametrize("damage", [b"", b"{", b"{}", b"[1]", b"\xff", b"[" * 100_000, b'{"series": 1}'])
def test_a_damaged_forecast_is_made_again(tmp_path: Path, damage: bytes):
    store = Store(tmp_path / "pieces", "key", resume=False)
    case = Case(panel()[0], pd.Period("2009-03", "M"), None, 0)
    file = store._place(case)
    file.parent.mkdir()
    file.write_bytes(damage)
    assert store.get(case) is None


def test_a_folder_that_a_kill_left_half_emptied_is_emptied_by_the_next(tmp_path: Path):
    folder = tmp_path / "pieces"
    Store(folder, "key", resume=False)
    (folder / "a").mkdir()
    (folder / "a/1.json").write_text("{}")
    folder.rename(tmp_path / ".pieces-old")
    Store(folder, "other", resume=False)
    assert [p.name for p in tmp_path.iterdir()] == ["pieces"]
    assert [p.name for p in folder.iterdir()] == [KEY]


def test_a_kill_while_a_folder_is_emptied_is_made_good_by_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    folder, real = tmp_path / "pieces", shutil.rmtree
    Store(folder, "key", resume=False)
    (folder / "1.json").write_text("{}")

    def killed(place: Path, ignore_errors: bool = False) -> None:
        if ignore_errors:
            return real(place, ignore_errors=True)
        (place / KEY).unlink()
        raise KeyboardInterrupt

    monkeypatch.setattr(shutil, "rmtree", killed)
    with pytest.raises(KeyboardInterrupt):
        Store(folder, "other", resume=False)
    monkeypatch.undo()
    Store(folder, "other", resume=False)
    assert [p.name for p in tmp_path.rglob("*")] == ["pieces", KEY]


def test_series_whose_names_look_alike_to_a_file_system_are_kept_apart(tmp_path: Path):
    one = panel()[1]
    twins = [replace(one, name="a/b"), replace(one, name="a b", y=one.y * 2), replace(one, name="../A b")]
    found = backtest(twins, SMALL, SOME, seed=7, store=tmp_path / "pieces")
    assert tables(backtest(twins, SMALL, SOME, seed=7, store=tmp_path / "pieces", resume=True)) == tables(
        found
    )
    assert len(list((tmp_path / "pieces").glob("*/"))) == 3
    assert [p.name for p in tmp_path.iterdir()] == ["pieces"]


@pytest.mark.slow
def test_two_processes_give_the_same_tables(tmp_path: Path, undisturbed: dict[str, str]):
    assert (
        tables(backtest(panel()[:2], SMALL, SOME, seed=7, jobs=2, store=tmp_path / "pieces")) == undisturbed
    )


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    distributed = pytest.importorskip("distributed", reason="the extra dask is not installed")
    with (
        warnings.catch_warnings(),
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
        ) as cluster,
    ):
        warnings.simplefilter("ignore")
        yield cluster.scheduler_address


@pytest.mark.slow
def test_a_dask_cluster_gives_the_same_tables(address: str, undisturbed: dict[str, str]):
    assert tables(backtest(panel()[:2], SMALL, SOME, seed=7, scheduler=address)) == undisturbed


def test_a_forecast_whose_digit_was_changed_is_made_again(tmp_path: Path):
    store = Store(tmp_path / "pieces", "key", resume=False)
    case = Case(panel()[0], pd.Period("2009-03", "M"), None, 0)
    piece = Piece("a", pd.Period("2009-03", "M"), None, probability={"pool": np.array([0.25, 0.1 + 0.2])})
    store.put(case, piece)
    file = store._place(case)
    kept = store.get(case)
    assert kept is not None
    assert kept.to_plain() == piece.to_plain()
    file.write_text(file.read_text(encoding="utf-8").replace("0.25", "0.35"), encoding="utf-8")
    assert store.get(case) is None


def disturbed(kept: Path, other: Path, seed: int) -> None:
    """Move, copy and exchange kept forecasts, also with those of another backtest."""
    rng = np.random.default_rng(seed)
    own, foreign = sorted(kept.glob("*/*.json")), sorted(other.glob("*/*.json"))
    for _ in range(4):
        here, there = rng.choice(np.array(own), 2, replace=False)
        content, another = here.read_bytes(), there.read_bytes()
        match rng.integers(5):
            case 0:  # exchanged
                here.write_bytes(another)
                there.write_bytes(content)
            case 1:  # copied
                here.write_bytes(another)
            case 2:  # under another's name
                here.replace(there)
                here.write_bytes(b"")
            case 3:  # of another backtest, the same month of the same series or any
                here.write_bytes((other / here.relative_to(kept)).read_bytes())
            case _:
                here.write_bytes(foreign[rng.integers(len(foreign))].read_bytes())


def test_kept_forecasts_of_another_run_series_or_month_are_made_again(tmp_path: Path):
    months = pd.period_range("2009-01", "2009-06", freq="M")
    cases = [Case(data, month) for data in panel()[:2] for month in months]
    stores = [Store(tmp_path / key, key, resume=False) for key in ("one", "two")]
    for at, store in enumerate(stores):
        for i, case in enumerate(cases):
            store.put(case, Piece(case.data.name, case.origin, None, gap=i + at / 2))
    again = 0
    for seed in range(50):
        shutil.copytree(tmp_path / "one", tmp_path / "mixed")
        disturbed(tmp_path / "mixed", tmp_path / "two", seed)
        found = [Store(tmp_path / "mixed", "one", resume=True).get(case) for case in cases]
        assert all(piece is None or piece.gap == i for i, piece in enumerate(found))
        again += sum(piece is None for piece in found)
        shutil.rmtree(tmp_path / "mixed")
    assert again > 50


@pytest.mark.slow
def test_a_run_goes_on_to_the_same_tables_whatever_became_of_the_forecasts_kept(
    tmp_path: Path, undisturbed: dict[str, str]
):
    other = tmp_path / "other"
    backtest(panel()[:2], replace(SMALL, paths=201), SOME, seed=8, store=other)
    backtest(panel()[:2], SMALL, SOME, seed=7, store=tmp_path / "pieces")
    for seed in range(5):
        disturbed(tmp_path / "pieces", other, seed)
        again = backtest(panel()[:2], SMALL, SOME, seed=7, store=tmp_path / "pieces", resume=True)
        assert tables(again) == undisturbed


def test_forecasts_stay_on_the_disk_that_a_link_names(tmp_path: Path):
    link, large = tmp_path / "reports/pieces", tmp_path / "large/pieces"
    for folder in (link.parent, large):
        folder.mkdir(parents=True)
    link.symlink_to(Path("../large/pieces"))
    case, piece = Case(panel()[0], pd.Period("2009-03", "M")), Piece("a", pd.Period("2009-03", "M"), None)
    for key in ("one", "two", "two", "three"):
        store = Store(link, key, resume=False)
        assert store.get(case) is None
        store.put(case, piece)
        assert Store(link, key, resume=True).get(case) is not None
        assert [p.name for p in link.parent.iterdir()] == ["pieces"]
        assert link.is_symlink()
        assert [p.name for p in large.parent.iterdir()] == ["pieces"]
        assert len(list(large.glob("*/*.json"))) == 1
    shutil.rmtree(large)  # the disk is new
    Store(link, "four", resume=True)
    assert (large / KEY).read_text(encoding="utf-8") == "four"
