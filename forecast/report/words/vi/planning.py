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
    "whatif.raises": "“{label}” làm khả năng suy giảm trong vòng một năm tăng từ {base} lên {p}",
    "whatif.lowers": "“{label}” làm khả năng suy giảm trong vòng một năm giảm từ {base} xuống {p}",
    "whatif.calm_even": "Khả năng suy giảm trong vòng một năm là {base} trong mọi kịch bản",
    "whatif.calm_unknown": "Tác động của các kịch bản đến tăng trưởng",
    "whatif.title_calm": (
        "Suy giảm trong vòng một năm: {base} theo kịch bản cơ sở, {low} đến {high} theo các kịch bản khác"
    ),
    "whatif.title_one_calm": "Suy giảm trong vòng một năm: {base} theo kịch bản cơ sở, {low} theo kịch bản khác",
    "whatif.subtitle_calm": "{title} · xác suất đã bắt đầu suy giảm đến từng tháng, % · {first} đến {last}",
    "whatif.alt_point_calm": "{label}: suy giảm trong vòng một năm {p}, đến hết {last} {pend}.",
    "whatif.note_calm": (
        "Mọi kịch bản dùng chung các cú sốc ngẫu nhiên của kịch bản cơ sở, nên chênh lệch chỉ do giả định. Khả năng "
        "xảy ra là xác suất của kết quả được giả định, hoặc xác suất chuỗi liên quan lệch khỏi dự báo của nó nhiều như "
        "giả định; cú sốc và thay đổi xu thế do người dùng đặt thì không có."
    ),
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
        "sánh giá trị kỳ vọng trong tầm dự báo. Khả năng xảy ra là xác suất của kết quả được giả định, hoặc xác suất "
        "chuỗi liên quan lệch khỏi dự báo của nó nhiều như giả định; cú sốc và thay đổi xu thế do người dùng đặt thì "
        "không có."
    ),
    "refused.unreached": (
        "Không có kết quả: không trường hợp nào đạt điều kiện; cao nhất là {a}. Điều kiện cao hơn giá trị kỳ vọng {b} "
        "lần độ lệch chuẩn."
    ),
    "refused.outside": (
        "Không có kết quả: mọi trường hợp nằm trong khoảng {a} đến {b}, còn điều kiện nằm ngoài khoảng đó, cách giá "
        "trị kỳ vọng {c} lần độ lệch chuẩn."
    ),
    "refused.far": (
        "Không có kết quả: quá ít trường hợp ở gần điều kiện, vốn cách giá trị kỳ vọng {a} lần độ lệch chuẩn."
    ),
    "refused.unheld": (
        "Không có kết quả: không trường hợp nào trở lại trong khoảng thời gian mà nhận định cho là có thể ({a}%)."
    ),
    "refused.few": (
        "Không có kết quả: điều kiện chỉ giữ lại {a} trong {b} trường hợp hiệu dụng, trong khi cần {c}."
    ),
    "refused.beyond": (
        "Không có kết quả: điều kiện cách giá trị kỳ vọng {a} lần độ lệch chuẩn, trong khi các trường hợp chỉ "
        "được dịch chuyển tối đa {b} lần."
    ),
    "refused.unmoved": "Không có kết quả: không thể dịch chuyển các trường hợp đến điều kiện này.",
    "refused.alike": "Không có kết quả: hai điều kiện của kịch bản thực chất là một.",
    "refused.overtaken": "Không có kết quả: kịch bản nói về những tháng đã có số liệu.",
    "refused.other": "Không có kết quả: điều kiện vượt quá những gì các trường hợp có thể đáp ứng.",
    "refused.unlearned": (
        "Không có kết quả: chỉ có {a} tốc độ tăng so cùng kỳ cho thấy các chuỗi biến động cùng nhau ra sao, trong khi "
        "cần {b}."
    ),
    "next.section": "Các kỳ công bố tới và cả năm",
    "next.heading": (
        "Dự báo {month} {measure}: {median}; 80 trên 100 trường hợp nằm trong khoảng {lower} đến {upper}"
    ),
    "next.related": (
        "{series}, {month} so với cùng kỳ{due}: trong 5 trường hợp có một trường hợp dưới {low}, khi đó khả năng trở "
        "lại bình thường đến {by} là {weak}; cũng một trong 5 trên {high}, khi đó khả năng này là {strong}."
    ),
    "next.due": " (thường công bố khoảng ngày {day})",
    "next.title": "Số liệu dự kiến của các kỳ công bố tới",
    "targets.title": "Mục tiêu năm và yêu cầu đối với các tháng còn lại",
    "targets.beyond": "ngoài ±50%",
    "assumed.path": (
        "Trong “{label}”, tăng trưởng so cùng kỳ của {series}, đã loại mùa vụ và Tết, được giả định là {months}; khi "
        "chuỗi này tăng thêm 1% thì sản xuất ở đây đã tăng thêm {slope} (80%: {lower} đến {upper})."
    ),
    "assumed.month": "{assumed} vào {month} (dự báo {expected}, 80%: {lower} đến {upper})",
    "nowcast.text": (
        "{months}: đã kết thúc nhưng chưa được công bố. Dự báo bắt đầu bằng ước tính cho thời gian này từ số liệu đã "
        "công bố của {series}."
    ),
    "nowcast.due_title": "Số liệu sắp công bố và mức thường làm thay đổi ước tính",
    "nowcast.more": " và {count} chuỗi khác",
    "nowcast.models": "Các mô hình ước tính, mỗi mô hình một tỷ trọng như nhau: {models}.",
    "nowcast.refused": (
        "Các chuỗi khác đã công bố các tháng sau, nhưng không thể ước tính từ đó; lệnh `forecast nowcast` cho biết "
        "lý do."
    ),
    "nowcast.told_stopped": "{indicator}: không sử dụng, không có số liệu từ {month}.",
    "nowcast.told_starts_late": "{indicator}: không sử dụng, chuỗi quá ngắn.",
    "nowcast.told_constant": "{indicator}: không sử dụng, chuỗi không thay đổi.",
    "nowcast.told_season": "{indicator}: không sử dụng, chuỗi quá ngắn để ước lượng tính mùa vụ.",
    "nowcast.told_sign": "{indicator}: có giá trị không dương trong {month} nên sử dụng sai phân.",
    "nowcast.told_unit": "{indicator}: đổi đơn vị từ {month}; bỏ mức tăng của tháng đó.",
}
