"""The batch smoother against the joint normal distribution written out."""

from __future__ import annotations

import numpy as np
from numpy.testing import assert_allclose

from forecast.nowcast.smoother import Smoother, StateSpace

MONTHS, SERIES = 6, 3
SPACE = StateSpace(
    Z=np.array([[1.0, 0.4], [0.5, 0.0], [-0.8, 0.3]]),
    H=np.array([0.3, 0.8, 0.1]),
    T=np.array([[0.7, -0.2], [1.0, 0.0]]),
    RQR=np.array([[1.0, 0.0], [0.0, 0.0]]),
    a=np.array([0.5, -0.3]),
    P=np.array([[2.0, 0.4], [0.4, 1.0]]),
)


def joint() -> tuple[np.ndarray, np.ndarray]:
    """Mean and variance of all states stacked, month by month."""
    d = len(SPACE.a)
    mean, blocks = [SPACE.a], [[SPACE.P]]
    for _ in range(1, MONTHS):
        mean.append(SPACE.T @ mean[-1])
        row = [SPACE.T @ block for block in blocks[-1]]
        blocks.append([*row, SPACE.T @ blocks[-1][-1] @ SPACE.T.T + SPACE.RQR])
    V = np.zeros((MONTHS * d, MONTHS * d))
    for t, row in enumerate(blocks):
        for s, block in enumerate(row):
            V[d * t : d * t + d, d * s : d * s + d] = block
            V[d * s : d * s + d, d * t : d * t + d] = block.T
    return np.concatenate(mean), V


def conditioned(y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Mean and variance of the stacked states given the known cells of y (months, series)."""
    mean, V = joint()
    Z = np.kron(np.eye(MONTHS), SPACE.Z)
    seen = np.isfinite(y.ravel())
    F = Z[seen] @ V @ Z[seen].T + np.diag(np.tile(SPACE.H, MONTHS)[seen])
    gain = V @ Z[seen].T @ np.linalg.inv(F)
    return mean + gain @ (y.ravel()[seen] - Z[seen] @ mean), V - gain @ Z[seen] @ V


def gapped(count: int) -> np.ndarray:
    y = np.random.default_rng(4).normal(size=(count, MONTHS, SERIES))
    y[:, 1, 0] = y[:, 3, :] = y[:, 4, 1:] = y[:, 5, :2] = np.nan
    return y


def test_means_are_those_of_the_joint_normal_for_every_data_set():
    y = gapped(3)
    states = Smoother.of(SPACE, np.isfinite(y[0])).states(y)
    for one, found in zip(y, states, strict=True):
        assert_allclose(found.ravel(), conditioned(one)[0], rtol=1e-10)


def test_one_factor_by_hand():
    """One state f ~ N(0, 1), two figures y_i = f + ε_i with variances ½ and 2: E f = (2y₁ + ½y₂)/(1 + 2 + ½)."""
    space = StateSpace(
        np.ones((2, 1)), np.array([0.5, 2.0]), np.zeros((1, 1)), np.eye(1), np.zeros(1), np.eye(1)
    )
    y = np.array([[[1.5, -0.7]]])
    states = Smoother.of(space, np.isfinite(y[0])).states(y)
    assert_allclose(states[0, 0, 0], (2 * 1.5 + 0.5 * -0.7) / 3.5)


def test_deviations_have_the_variance_of_the_joint_normal():
    n, start = 20_000, 2
    y = gapped(1)
    drawn = Smoother.of(SPACE, np.isfinite(y[0])).deviations(start, n, np.random.default_rng(1))
    d = len(SPACE.a)
    V = conditioned(y[0])[1][d * start :, d * start :]
    flat = drawn.reshape(n, -1)
    error = np.sqrt((np.outer(np.diag(V), np.diag(V)) + V**2) / n)  # of a covariance of normals
    assert (
        np.abs(flat.T @ flat / n - V) < 4.5 * error + 1e-12
    ).all()  # 4 errors each would fail 1 run in 150 of 100
    assert (np.abs(flat.mean(axis=0)) < 4 * np.sqrt(np.diag(V) / n) + 1e-12).all()
