import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from forecast.models.combine import coherent_weights, logit_pool


def test_the_pool_of_equal_members_is_the_member():
    f = np.array([0.05, 0.3, 0.31, 0.9])
    assert_allclose(logit_pool(np.stack([f, f, f])), f)


def test_a_certain_member_has_no_veto():
    pooled = logit_pool(np.array([[0.0], [0.5]]))[0]
    assert_allclose(pooled, 1 / (1 + np.sqrt(999)))


@settings(deadline=None, max_examples=60, derandomize=True)
@given(st.integers(1, 4), st.integers(1, 30), st.integers(0, 10_000))
def test_weighted_paths_reproduce_the_pool_where_paths_reach(members: int, n: int, seed: int):
    rng = np.random.default_rng(seed)
    months = [np.where(rng.random(n) < 0.3, np.inf, rng.integers(-1, 13, n)) for _ in range(members)]
    weights = [w / w.sum() for w in rng.random((members, n)) + 0.01]
    found = coherent_weights(months, weights, -1, 12)
    assert_allclose(found.sum(), 1.0)
    assert (found >= 0).all()
    share = np.array([[w[t <= h].sum() for h in range(-1, 13)] for t, w in zip(months, weights, strict=True)])
    pooled, all_months = logit_pool(share), np.concatenate(months)
    for i, h in enumerate(range(-1, 13)):
        if (all_months == h).any() and (
            all_months > h
        ).any():  # the pool's mass up to h can be placed up to h
            assert_allclose(found[all_months <= h].sum(), pooled[i], atol=1e-12)


def test_paths_of_one_month_keep_their_relative_weights():
    months = [np.array([2.0, 2.0, np.inf]), np.array([2.0, 5.0, np.inf])]
    weights = [np.array([0.1, 0.3, 0.6]), np.array([0.2, 0.4, 0.4])]
    found = coherent_weights(months, weights, 1, 6)
    assert_allclose(found[1] / found[0], 3.0)
    assert_allclose(found[3] / found[0], 2.0)
