"""Tiếng Việt. The data: figures, revisions, season, another seasonal adjustment."""

from __future__ import annotations

TEXT = {
    "data.section": "Số liệu",
    "data.heading": (
        "Dự báo dựa trên {count} số liệu công bố; một nửa được tính lại với sai lệch không quá {typical} điểm"
    ),
    "data.heading_plain": "Dự báo dựa trên {count} số liệu công bố",
    "data.heading_levels": "Dự báo dựa trên {count} chỉ số công bố, {first} đến {last}",
    "data.note": (
        "Mức sản xuất được ước tính lại từ toàn bộ số liệu: mỗi tốc độ là một tỷ số giữa các mức, số liệu "
        "công bố lần đầu có sai số và được các lần công bố sau điều chỉnh. Cột “Mô hình” là tốc độ tính từ "
        "các mức ước tính; “Lệch” là chênh lệch so với số công bố, tính bằng điểm phần trăm. Số liệu đã "
        "thay thế là lần công bố trước của cùng chỉ tiêu, vẫn được dùng như số liệu lần đầu."
    ),
    "data.contradictions": "Số liệu mâu thuẫn: {count}",
    "data.some_contradictions": (
        "Số liệu mâu thuẫn là số liệu khác với phần còn lại nhiều hơn mức do làm tròn và điều chỉnh thông thường."
    ),
    "data.sets": (
        "Có {count} nhóm số liệu không thể cùng đúng, đánh số ở cột “Nhóm” theo mức chênh lệch giảm dần; bỏ một số "
        "liệu bất kỳ trong nhóm thì các số còn lại có thể cùng đúng."
    ),
    "data.in_no_set": "Số liệu không thuộc nhóm nào là số liệu khác xa so với các số liệu còn lại.",
    "data.no_contradictions": (
        "Không có số liệu nào mâu thuẫn quá mức do làm tròn và điều chỉnh thông thường."
    ),
    "data.summary": "Số liệu công bố được tính lại sát đến đâu",
    "data.history": "Mức sản xuất ước tính lại, % mức bình thường, đã loại mùa vụ và lịch",
    "data.history_levels": "Chỉ số công bố, điểm",
    "data.figures": "Toàn bộ số liệu đã dùng và nguồn; bấm vào tên nguồn để mở trang",
    "data.group": "{region}: {sector}",
    "status.used": "đang dùng",
    "status.superseded": "đã thay thế",
    "status.published": "công bố",
    "status.reconstructed": "ước tính lại",
    "status.contradictory": "mâu thuẫn",
    "revisions.title": (
        "Trong {count} số liệu được công bố lại với giá trị khác, {up} số tăng lên; một nửa thay đổi không quá "
        "{typical} điểm"
    ),
    "revisions.subtitle": "{areas} · lần công bố mới nhất trừ lần đầu, điểm phần trăm, theo tháng của số liệu",
    "revisions.source": "Nguồn: số liệu công bố đến {data_to}.",
    "revisions.alt": "Điều chỉnh số liệu. {title}. {points}",
    "revisions.alt_point": "{month}, {measure}: từ {first} thành {last}.",
    "season.title": "Mùa vụ và lịch làm sản xuất thay đổi từ {low} ({low_month}) đến {high} ({high_month})",
    "season.title_tet": "{month}: {early} nếu Tết vào ngày {early_day}, {late} nếu Tết vào ngày {late_day}",
    "season.legend": "Tết ngày {day}",
    "season.subtitle": "{title} · tác động của mùa vụ và lịch đến mức sản xuất, %, theo tháng trong năm",
    "season.source": (
        "Nguồn: tự ước tính từ số liệu công bố đến {data_to}. Vạch đứng: 80 trên 100 chuỗi quá khứ mô phỏng."
    ),
    "season.source_levels": "Nguồn: tự ước tính từ chỉ số công bố đến {data_to}.",
    "season.alt": "Tính mùa vụ. {title}. {points}",
    "adjusted.title": "Mức sản xuất đã loại mùa vụ, % so với đỉnh trước suy giảm, theo hai phương pháp",
    "adjusted.text": (
        "Theo {method}, bình quân {window} tháng cuối lệch {gap} so với đỉnh trước suy giảm; theo phương pháp tích "
        "hợp dùng để xác định đợt suy giảm và thời điểm trở lại: {own}."
    ),
    "adjusted.model": "{method} chọn mô hình {model}; biến lịch: {regressors}; quan sát bất thường: {outliers}.",
    "adjusted.AO": "riêng {month}",
    "adjusted.LS": "thay đổi mức từ {month}",
    "adjusted.TC": "biến động tạm thời từ {month}",
    "adjusted.calendar.working_days": "số ngày làm việc",
    "adjusted.calendar.leap_year": "năm nhuận",
    "adjusted.calendar.before": "những ngày trước {holiday}",
    "adjusted.calendar.during": "những ngày {holiday}",
    "adjusted.calendar.after": "những ngày sau {holiday}",
    "adjusted.none": "không có",
    "adjusted.x13_unavailable": "Hệ thống này không có X-13; STL được dùng thay thế.",
    "adjusted.by_stl": "STL",
    "adjusted.by_x13": "X-13",
    "adjusted.builtin": "Tích hợp",
}
