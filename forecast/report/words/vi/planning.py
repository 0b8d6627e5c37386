"""Tiếng Việt. What if, annual targets and the next releases."""

from __future__ import annotations

TEXT = {
    "scenarios.title": "Các kịch bản",
    "whatif.section": "Nếu… thì sao?",
    "whatif.and": "{first}; {second}",
    "whatif.costs": "“{label}” kéo dài thời gian dưới mức bình thường bình quân thêm {months} tháng",
    "whatif.saves": "“{label}” rút ngắn thời gian dưới mức bình thường bình quân {months} tháng",
    "whatif.even": "Không kịch bản nào làm thời điểm trở lại thay đổi đáng kể",
    "whatif.none": "Không kịch bản nào có kết quả",
    "whatif.target": "khả năng năm {year} tăng trưởng từ {target} trở lên là {p}",
    "whatif.title": (
        "Trở lại trong vòng một năm: {base} theo kịch bản cơ sở, {low} đến {high} theo các kịch bản khác"
    ),
    "whatif.title_one": "Trở lại trong vòng một năm: {base} theo kịch bản cơ sở, {low} theo kịch bản khác",
    "whatif.subtitle": (
        "{title} · xác suất lũy kế trở lại mức bình thường đến từng tháng, % · {first} đến {last}"
    ),
    "whatif.legend.own": "kịch bản; chấm tròn là mốc một năm",
    "whatif.legend.baseline": "kịch bản cơ sở",
    "whatif.alt": "Các kịch bản, mỗi kịch bản một biểu đồ nhỏ. {title}. {points}",
    "whatif.alt_point": "{label}: trở lại trong vòng một năm {p}, hết {last} chưa trở lại {pnot}.",
    "whatif.note": (
        "Mọi kịch bản dùng chung các cú sốc ngẫu nhiên của kịch bản cơ sở, nên chênh lệch chỉ do giả định. "
        "Số tháng sớm hơn so sánh các trung vị, dấu trừ là muộn hơn; số tháng bớt dưới mức bình thường so "
        "sánh giá trị kỳ vọng trong tầm dự báo. Khả năng xảy ra là xác suất của kết quả được giả định; cú "
        "sốc và thay đổi xu thế do người dùng đặt thì không có."
    ),
    "refused.unreached": "Không có kết quả: không trường hợp nào đạt điều kiện; cao nhất là {a}.",
    "refused.outside": (
        "Không có kết quả: mọi trường hợp nằm trong khoảng {a} đến {b}, còn điều kiện nằm ngoài khoảng đó."
    ),
    "refused.far": "Không có kết quả: quá ít trường hợp ở gần điều kiện.",
    "refused.few": (
        "Không có kết quả: điều kiện chỉ giữ lại {a} trong {b} trường hợp hiệu dụng, trong khi cần {c}."
    ),
    "refused.overtaken": "Không có kết quả: kịch bản nói về những tháng đã có số liệu.",
    "refused.other": "Không có kết quả: điều kiện vượt quá những gì các trường hợp có thể đáp ứng.",
    "next.section": "Các kỳ công bố tới và cả năm",
    "next.heading": (
        "Dự báo {month} {measure}: {median}; 80 trên 100 trường hợp nằm trong khoảng {lower} đến {upper}"
    ),
    "next.title": "Số liệu dự kiến của các kỳ công bố tới",
    "targets.title": "Mục tiêu năm và yêu cầu đối với các tháng còn lại",
    "targets.beyond": "ngoài ±50%",
}
