"""Tiếng Việt. The fan and the month of return."""

from __future__ import annotations

TEXT = {
    "return.confirm": (
        "Chỉ coi là đã trở lại khi bình quân {window} tháng không thấp hơn mức bình thường trong {hold} "
        "tháng liên tiếp, nên chỉ biết được {lag} tháng sau khi bắt đầu."
    ),
    "fan.title": (
        "Sản xuất so với mức bình thường: {origin} đạt {level}; {month}, 80 trên 100 trường hợp nằm trong "
        "khoảng {lower} đến {upper}"
    ),
    "fan.subtitle": "{title} · mức bình thường = {kind} = 100 · đã loại mùa vụ và lịch · {first} đến {last}",
    "fan.source": (
        "Nguồn: số liệu công bố đến {data_to}; ước tính và dự báo của nhóm thực hiện. 10 trên 100 trường "
        "hợp nằm ngoài dải rộng nhất."
    ),
    "fan.source_levels": (
        "Nguồn: chỉ số công bố đến {data_to}; dự báo của nhóm thực hiện. 10 trên 100 trường hợp nằm ngoài "
        "dải rộng nhất."
    ),
    "fan.normal": "bình thường\n= 100",
    "fan.origin": "tháng gần nhất có số liệu: {origin}",
    "fan.legend.published": "tháng có công bố",
    "fan.legend.bridged": "tháng nội suy",
    "fan.legend.reconstructed": "tháng ước tính lại, khoảng 80%",
    "fan.legend.median": "trung vị",
    "fan.legend.band": "{share} trên 100",
    "fan.legend.widest": "{share} trên 100 trường hợp",
    "fan.legend.observed": "công bố sau đó",
    "fan.alt": "Biểu đồ quạt. {title}. {points}",
    "fan.alt_point": "{month}: trung vị {median}, khoảng 80% từ {lower} đến {upper}.",
    "fan.table": "Biểu đồ quạt bằng số: mức sản xuất so với mức bình thường, %",
    "return.section": "Thời điểm trở lại",
    "return.section_none": "Sản xuất và mức bình thường",
    "return.heading_both": (
        "Trong 80 trên 100 trường hợp, sản xuất trở lại trong khoảng từ {early} đến {late}"
    ),
    "return.heading_in": "Trong hơn 80 trên 100 trường hợp, sản xuất trở lại vào {early}",
    "return.heading_open": (
        "Trong 90 trên 100 trường hợp, sản xuất trở lại từ {early} hoặc muộn hơn; {pnot} chưa trở lại khi "
        "hết {last}"
    ),
    "return.heading_by": "Trong 90 trên 100 trường hợp, sản xuất trở lại chậm nhất vào {late}",
    "return.heading_wide": "Các trường hợp trải từ đã trở lại đến chưa trở lại khi hết {last}",
    "return.heading_never": "{pnot} số trường hợp chưa trở lại khi hết {last}",
    "return.heading_none": "Bình quân {window} tháng gần nhất bằng {level} {kind}",
    "return.title": (
        "Trở lại đến hết {first}: {p_first}; đến hết {second}: {p_second}; hết {last} chưa trở lại: {pnot}"
    ),
    "return.title_short": "Trở lại đến hết {last}: {p_last}; muộn hơn: {pnot}",
    "return.subtitle": (
        "{title} · xác suất trở lại mức bình thường, trong từng tháng và lũy kế · {first} đến {last}"
    ),
    "return.source": "Nguồn: dự báo ngày {as_of} từ số liệu công bố đến {data_to}.",
    "return.by_axis": "lũy kế đến tháng, %",
    "return.in_axis": "trong từng tháng, %",
    "return.after": "sau\n{last}",
    "return.already": "đã\ntrở lại",
    "return.alt": "Biểu đồ thời điểm trở lại. {title}. Đã trở lại: {already}. {points}",
    "return.alt_point": "Trở lại đến hết {month}: {p}.",
    "return.intervals": "Sản xuất trở lại khi nào: khoảng dự báo trung tâm",
    "return.chances": "Khả năng trở lại theo thời hạn",
    "milestones.title": "Các mốc trên đường trở lại",
    "milestone.trough": "Đã qua đáy",
    "milestone.normal": "Trở lại mức bình thường",
    "milestone.trend": "Trở lại xu thế cũ",
    "definitions.title": "Mức bình thường là gì, và mỗi định nghĩa cho kết quả nào",
    "definitions.title_none": "Mức bình thường là gì, và sản xuất cách mức đó bao xa",
    "definitions.used": "{kind} (dùng trong báo cáo này)",
}
