"""The month of return under each definition of normal, each worked out when first asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from forecast.recovery.distribution import Recovery


class ByDefinition(Mapping[str, Recovery]):
    """Read like a dictionary by kind of normal; a definition that nobody asks about costs nothing.

    kinds : in the order in which they are told · of : the recovery under one of them · found : those at hand
    """

    def __init__(
        self, kinds: Sequence[str], of: Callable[[str], Recovery], found: Mapping[str, Recovery]
    ) -> None:
        self._kinds = tuple(kinds)
        self._of = of
        self._found = dict(found)

    def __getitem__(self, kind: str) -> Recovery:
        if kind not in self._kinds:
            raise KeyError(kind)
        if kind not in self._found:
            self._found[kind] = self._of(kind)
        return self._found[kind]

    def __iter__(self) -> Iterator[str]:
        return iter(self._kinds)

    def __len__(self) -> int:
        return len(self._kinds)
