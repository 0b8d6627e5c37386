"""Write months.json: the names of months in every language of CLDR, by way of babel. Run where babel is updated."""

from __future__ import annotations

import json
import re
from pathlib import Path

from babel import Locale
from babel.localedata import locale_identifiers

from forecast.tables.languages import folded_name

FILE = Path(__file__).with_name("months.json")


def names() -> dict[str, dict[str, list[str]]]:
    """Return folded name -> month -> languages: full and short, standing alone and within a date.

    Narrow names of one letter tell nothing; names with digits ("thg 4", "4月") are read by their digits.
    """
    months: dict[str, dict[str, set[str]]] = {}
    for code in locale_identifiers():
        locale = Locale.parse(code)
        if locale.territory or locale.variant:
            continue
        for form in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for month, name in locale.months[form][width].items():
                    plain = folded_name(name)
                    if len(plain) > 1 and not re.search(r"\d", plain):
                        months.setdefault(plain, {}).setdefault(str(month), set()).add(code)
    return {
        name: {m: sorted(codes) for m, codes in sorted(months[name].items(), key=lambda item: int(item[0]))}
        for name in sorted(months)
    }


if __name__ == "__main__":
    lines = [f"{json.dumps(k, ensure_ascii=False)}: {json.dumps(v)}" for k, v in names().items()]
    FILE.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
