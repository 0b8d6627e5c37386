"""The month of return under each definition of normal, each worked out when first asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from forecast.recovery.distribution import Recovery


class ByDefinition(Mapping[str, Recovery]):
    """Read like a dictionary by kind of normal; a definition that nobody asks about costs nothing.

    kinds : in the order in which they are told · of : the recovery under one of them · at_hand : those known already
    """

    def __init__(
        self, kinds: Sequence[str], of: Callable[[str], Recovery], at_hand: Mapping[str, Recovery]
    ) -> None:
        self._kinds = tuple(kinds)
        self._of = of
        self._at_hand = dict(at_hand)

    def __getitem__(self, kind: str) -> Recovery:
        if kind not in self._kinds:
            raise KeyError(kind)
        if kind not in self._at_hand:
            self._at_hand[kind] = self._of(kind)
        return self._at_hand[kind]

    def __contains__(self, kind: object) -> bool:
        return kind in self._kinds

    def __iter__(self) -> Iterator[str]:
        return iter(self._kinds)

    def __len__(self) -> int:
        return len(self._kinds)
