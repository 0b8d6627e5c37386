"""The stream of a piece of work, from its words alone."""

from __future__ import annotations

import hashlib

import numpy as np


def stream(seed: int, *words: object) -> np.random.Generator:
    """SHA-256 of seed and words, each with its length before it."""
    told = b"".join(f"{len(str(word).encode())}:".encode() + str(word).encode() for word in (seed, *words))
    return np.random.Generator(np.random.PCG64(int.from_bytes(hashlib.sha256(told).digest(), "big")))
