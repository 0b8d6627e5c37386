"""Tiếng Việt. What is odd about the data."""

from __future__ import annotations

TEXT = {
    "doubts": "Số liệu cần kiểm tra",
    "doubts.of": "{series}, {figures}",
    "doubts.figure": "{month} {measure} {value}",
    "doubts.contradiction": "{figures}: các số liệu này mâu thuẫn nhau {points} điểm phần trăm.",
    "doubts.implausible": "{figures}: bất thường, dự kiến là {expected}.",
    "doubts.accepted": "{figures}: có dấu hiệu sai dấu thập phân hoặc đơn vị, vẫn được sử dụng ({reason}).",
    "doubts.more": "Còn {count} trường hợp khác nêu ở phần số liệu.",
    "doubts.without": (
        "Nếu bỏ các số liệu mới nhất này, khả năng trở lại bình thường đến {by} là {without} thay vì {now}; một nửa số "
        "trường hợp trở lại: {half} thay vì {half_now}."
    ),
    "doubts.without_same": (
        "Nếu bỏ các số liệu mới nhất này, kết quả không đổi: khả năng trở lại bình thường đến {by} là {without}."
    ),
    "doubts.without_slump": (
        "Nếu bỏ các số liệu mới nhất này thì đang có đợt suy giảm, khả năng trở lại bình thường đến {by} là {without}."
    ),
    "doubts.without_no_slump": "Nếu bỏ các số liệu mới nhất này thì không có đợt suy giảm.",
    "doubts.table": "Số liệu cần đối chiếu: {count}",
    "doubts.what": "Nội dung",
    "doubts.size": "Mức độ",
    "doubts.place": "Tệp và dòng",
    "doubts.points": "{points} điểm",
    "rate.level": "chỉ số",
    "finding.slip": "nghi sai, được chấp nhận",
    "finding.implausible": "bất thường",
    "finding.contradiction": "mâu thuẫn",
    "finding.unit": "nghi khác đơn vị",
    "finding.jump": "khác xa mức thường gặp",
    "finding.future": "ngày công bố ở tương lai",
    "finding.duplicate": "nhập hai lần",
}
