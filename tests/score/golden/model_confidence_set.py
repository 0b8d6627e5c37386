"""Write `model_confidence_set.json`: p-values of arch's model confidence set, and the very draws behind them.

Run with arch 8.0.0 and numpy 2.4.6 installed in an environment of its own:
python model_confidence_set.py
"""

from __future__ import annotations

import json
import pathlib

import numpy as np

METHODS, ORIGINS, DRAWS, BLOCK = 5, 60, 200, 6


def losses() -> np.ndarray:
    """Five methods with a common shock and different means, the last two nearly alike."""
    rng = np.random.default_rng(20110301)
    common = rng.gamma(2.0, 1.0, size=(ORIGINS, 1))
    own = rng.normal(0.0, 0.9, size=(ORIGINS, METHODS))
    return np.round(common + own + np.array([0.4, 0.3, 0.15, 0.0, 0.05]), 4)


def main() -> None:
    """Compute both statistics for the circular and the stationary bootstrap."""
    import arch
    from arch.bootstrap import MCS

    cases = []
    for bootstrap in ("circular", "stationary"):
        for method, statistic in (("max", "max"), ("R", "range")):
            test = MCS(
                losses(), size=0.1, reps=DRAWS, block_size=BLOCK, method=method, bootstrap=bootstrap, seed=11
            )
            test.compute()
            counts = [np.bincount(index, minlength=ORIGINS).tolist() for index in test._bootstrap_indices]
            table = test.pvalues["Pvalue"]
            cases.append(
                {
                    "bootstrap": bootstrap,
                    "statistic": statistic,
                    "resamples": ["".join(chr(48 + c) for c in row) for row in counts],
                    "eliminated": [int(i) for i in table.index],
                    "p_values": [float(table.loc[i]) for i in range(METHODS)],
                }
            )
    path = pathlib.Path(__file__).with_suffix(".json")
    path.write_text(
        json.dumps({"arch": arch.__version__, "losses": losses().tolist(), "cases": cases}) + "\n"
    )


if __name__ == "__main__":
    main()
