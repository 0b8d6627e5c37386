"""Cut the bundled fonts from the originals in `fontpkg-noto-sans`: run by hand, never by the report.

In a scratch environment: pip install fontpkg-noto-sans fonttools, then python make_fonts.py
"""

from __future__ import annotations

import importlib.util
import shutil
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

HERE = Path(__file__).parent
STYLES = {  # file: (original, weight)
    "NotoSans-Regular.ttf": ("NotoSans[wdth,wght].ttf", 400),
    "NotoSans-SemiBold.ttf": ("NotoSans[wdth,wght].ttf", 600),
    "NotoSans-Bold.ttf": ("NotoSans[wdth,wght].ttf", 700),
    "NotoSans-Italic.ttf": ("NotoSans-Italic[wdth,wght].ttf", 400),
}
RANGES = (
    (0x20, 0x7E),
    (0xA0, 0x17F),  # Latin-1 and Latin Extended-A: every European language of Eurostat
    (0x192, 0x192),
    (0x1A0, 0x1A1),
    (0x1AF, 0x1B0),
    (0x218, 0x21B),
    (0x300, 0x304),
    (0x306, 0x309),
    (0x323, 0x323),
    (0x391, 0x3C9),  # Greek letters of formulas
    (0x1E80, 0x1E85),
    (0x1EA0, 0x1EF9),  # Vietnamese
    (0x2010, 0x2027),
    (0x2030, 0x2030),
    (0x2032, 0x2033),
    (0x2039, 0x203A),
    (0x20AB, 0x20AC),
    (0x2122, 0x2122),
    (0x2212, 0x2212),
    (0xFFFD, 0xFFFD),
)


def main() -> None:
    """Write the four static fonts, their licence and the list of characters that all of them hold."""
    spec = importlib.util.find_spec("fontpkg_noto_sans")
    if spec is None or spec.origin is None:
        raise SystemExit("fontpkg-noto-sans is not installed here")
    package = Path(spec.origin).parent
    held: list[set[int]] = []
    for name, (original, weight) in STYLES.items():
        font = instancer.instantiateVariableFont(
            TTFont(package / "files" / original), {"wght": weight, "wdth": 100}, updateFontNames=True
        )
        held.append(_cut(font))
        font.save(HERE / name)
    shutil.copyfile(package / "LICENSE", HERE / "OFL.txt")
    common = sorted(set.intersection(*held))
    (HERE / "coverage.txt").write_text("".join(f"{a:04X}-{b:04X}\n" for a, b in _ranges(common)), "ascii")


def _cut(font: TTFont) -> set[int]:
    """Keep the wanted characters; drop ccmp, which splits ị and ụ so that copied text breaks."""
    options = subset.Options()
    options.layout_features = ["kern", "mark", "mkmk", "locl"]
    options.hinting = False
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14, 16, 17]
    options.notdef_outline = True
    options.recalc_timestamp = False
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=[c for a, b in RANGES for c in range(a, b + 1)])
    cutter.subset(font)
    font.recalcTimestamp = False
    return set(font.getBestCmap())


def _ranges(characters: list[int]) -> list[tuple[int, int]]:
    """Join consecutive code points to (first, last)."""
    out: list[tuple[int, int]] = []
    for c in characters:
        if out and c == out[-1][1] + 1:
            out[-1] = (out[-1][0], c)
        else:
            out.append((c, c))
    return out


if __name__ == "__main__":
    main()
