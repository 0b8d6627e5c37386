"""Tiếng Việt. Page one: the finding, key numbers, what changed, risks and what to watch."""

from __future__ import annotations

TEXT = {
    "odds.under": "dưới 1%",
    "odds.over": "trên 99%",
    "quarter": "quý {number}/{year}",
    "page.subject": "Khi nào sản xuất công nghiệp trở lại mức bình thường?",
    "page.stand": (
        "Dự báo ngày {as_of} · tháng gần nhất có số liệu: {origin} · công bố đến {data_to} · {next}"
    ),
    "page.next": "kỳ tới: {month}",
    "page.next_due": "kỳ tới: {month}, khoảng ngày {day}",
    "page.footer": "{title} · dự báo ngày {as_of}",
    "finding.no_slump": (
        "Sản xuất {origin} đạt {level} mức bình thường, hiện không có đợt suy giảm; khả năng bắt đầu một đợt suy giảm "
        "trong vòng một năm là {p}"
    ),
    "finding.short_history": (
        "Sản xuất {origin} đạt {level} mức bình thường; chuỗi số liệu quá ngắn để xác định có đợt suy giảm hay không"
    ),
    "finding.already": (
        "Khả năng sản xuất đã trở lại mức bình thường là {p}; khả năng trở lại trong vòng một năm là {p12}"
    ),
    "finding.already_sure": "Khả năng sản xuất đã trở lại mức bình thường là {p}",
    "finding.soon": "Khả năng sản xuất trở lại mức bình thường chậm nhất vào {month} là {p}",
    "finding.usual": (
        "Khả năng sản xuất trở lại mức bình thường trong vòng một năm là {p12}; một nửa số trường hợp trở "
        "lại chậm nhất vào {median}, {pnot} chưa trở lại khi hết {last}"
    ),
    "finding.beyond": (
        "Khả năng sản xuất trở lại mức bình thường trong vòng một năm là {p12}; khả năng hết {last} vẫn "
        "chưa trở lại là {pnot}"
    ),
    "finding.hardly": "Khả năng hết {last} sản xuất vẫn chưa trở lại mức bình thường là {pnot}",
    "lead.level": "Sản xuất {origin} đạt {level} mức bình thường (khoảng 80%: {lower} đến {upper}).",
    "lead.level_known": "Sản xuất {origin} đạt {level} mức bình thường.",
    "lead.mean": "Bình quân {window} tháng gần nhất đạt {level} mức bình thường.",
    "lead.onset": (
        "Đợt suy giảm bắt đầu khi bình quân ba tháng thấp hơn từ {depth} so với bình quân 12 tháng cao nhất của ba "
        "năm trước đó."
    ),
    "lead.gap": (
        "Chênh lệch bình quân {window} tháng gần nhất so với mức bình thường là {gap}; đợt suy giảm bắt "
        "đầu từ {start}."
    ),
    "lead.chances": (
        "Trở lại trong vòng một năm: {p12} ({word12}). Hết {last} chưa trở lại: {pnot} ({wordnot})."
    ),
    "tile.latest": "Số liệu công bố mới nhất",
    "tile.computed": "Tốc độ mới nhất, tính từ chỉ số công bố",
    "tile.level": "Sản xuất {origin}",
    "tile.level_unit": "mức bình thường",
    "tile.interval": "80%: {lower} đến {upper}",
    "tile.median": "Một nửa trở lại đến hết",
    "tile.range": "80% trường hợp:",
    "tile.ahead": "Dự báo {month}",
    "tile.onset": "Bắt đầu suy giảm trong 12 tháng",
    "tile.onset_by": "đến hết {last}: {p}",
    "tile.within": "Trở lại trong 12 tháng",
    "tile.not_within": "hết {last} chưa trở lại: {p}",
    "when.already": "đã trở lại",
    "span": "{lower} đến {upper}",
    "when.after": "sau {month}",
    "risks": "Rủi ro và dấu hiệu cần theo dõi",
    "risk.trough": "Đáy",
    "risk.trough_passed": (
        "Khả năng đã qua đáy là {p} ({word}). Đến nay, bình quân ba tháng thấp nhất (đến {trough}) bằng "
        "{level} mức bình thường."
    ),
    "risk.relapse": "Suy giảm trở lại",
    "risk.relapse_text": (
        "Trong số các trường hợp đã trở lại, {p} lại thấp hơn mức bình thường quá khoảng {depth} trong vòng 12 tháng "
        "({word})."
    ),
    "risk.direction": "Chiều rủi ro",
    "risk.direction_up": (
        "Nghiêng về phía tăng: {month}, khoảng dự báo 80% trải từ −{down} đến +{up} điểm quanh đường trung vị."
    ),
    "risk.direction_down": (
        "Nghiêng về phía giảm: {month}, khoảng dự báo 80% trải từ −{down} đến +{up} điểm quanh đường trung vị."
    ),
    "risk.direction_even": (
        "Cân bằng: {month}, khoảng dự báo 80% trải từ −{down} đến +{up} điểm quanh đường trung vị."
    ),
    "risk.watch": "Dấu hiệu cần theo dõi",
    "risk.watch_text": "Dự báo {month} đạt {median} mức bình thường (80%: {lower} đến {upper}).",
    "risk.watch_rate": "Dự báo {month} so với cùng kỳ năm trước là {median} (80%: {lower} đến {upper}).",
    "risk.watch_calm": "Thấp hơn {lower} là yếu hơn 90 trên 100 trường hợp.",
    "risk.definition": "Thế nào là mức bình thường",
    "risk.definition_text": (
        "Kết quả phụ thuộc vào định nghĩa: trong vòng một năm là {p} nếu so với {used}, {other} nếu so với "
        "{kind}."
    ),
    "risk.models": "Các mô hình khác nhau",
    "risk.models_text": (
        "Khả năng trở lại trong vòng một năm: {low} theo {low_name}, {high} theo {high_name}."
    ),
    "risk.watch_hinge": (
        "Trong 5 trường hợp có một trường hợp công bố dưới {low} so với cùng kỳ, khi đó khả năng trở lại bình thường "
        "đến {by} là {weak}; cũng một trong 5 công bố trên {high}, khi đó khả năng này là {strong}."
    ),
    "changes.section": "Thay đổi so với báo cáo trước",
    "changes.nothing": "Chưa có gì để so sánh",
    "changes.nothing_text": (
        "Chưa có báo cáo nào trước đây cho câu hỏi này, hoặc dự báo trước đó không kéo dài đến nay, hoặc từ đó chưa "
        "công bố số liệu mới."
    ),
    "changes.heading": "Từ {since}, khả năng trở lại bình thường đến {by} thay đổi từ {before} thành {now}",
    "changes.point": "Từ {since}",
    "changes.heading_same": "Từ {since}, khả năng trở lại bình thường đến {by} vẫn là {now}",
    "changes.point_same": "Khả năng trở lại bình thường đến {by} vẫn là {now}.",
    "changes.point_text": "Khả năng trở lại bình thường đến {by} thay đổi từ {before} thành {now}. {most}",
    "changes.most": "Kỳ công bố {published} ({region}) tác động nhiều nhất: {points} điểm phần trăm.",
    "changes.title": "Tác động của từng kỳ công bố đến khả năng trở lại bình thường đến {by}",
    "changes.total": "Từ {since}",
    "changes.expected": "dự báo {value}",
    "changes.more": "và {count} số liệu khác",
    "changes.note": (
        "Các kỳ công bố lần lượt được thêm vào số liệu theo thứ tự thời gian và toàn bộ câu hỏi được tính lại; "
        "tác động, tính bằng điểm phần trăm, là chênh lệch kết quả khi có và khi chưa có kỳ công bố đó. Tổng các dòng "
        "bằng toàn bộ thay đổi."
    ),
    "changes.yoy": "Tác động đến {month} so với cùng kỳ, điểm",
    "evolution.title": "Một nửa số trường hợp trở lại: {before} theo báo cáo ngày {day}, nay là {now}",
    "evolution.title_same": "Một nửa số trường hợp trở lại: {now}, như trong báo cáo ngày {day}",
    "evolution.subtitle": "{title} · tháng trở lại theo ngày lập báo cáo; phía trên là khả năng trong vòng một năm",
    "evolution.source": "Nguồn: các báo cáo trước về câu hỏi này, mỗi báo cáo theo số liệu đã có vào ngày lập.",
    "evolution.legend.median": "một nửa số trường hợp",
    "evolution.legend.50": "50 trên 100",
    "evolution.legend.80": "80 trên 100 trường hợp",
    "evolution.legend.after": "sau tầm dự báo",
    "evolution.alt": "Kết quả qua các báo cáo. {title}. {points}",
    "evolution.alt_point": "{day}: một nửa {half}, 80 trên 100 {most}, trong vòng một năm {p}.",
    "evolution.table": "Kết quả của từng báo cáo",
    "evolution.report": "Báo cáo ngày",
    "evolution.origin": "Tháng gần nhất có số liệu",
    "evolution.most": "80 trên 100 trường hợp",
    "notes": "Lưu ý",
    "note.no_slump": "Hiện không có đợt suy giảm. Mức bình thường ở đây: {normal}.",
    "note.slump_start_given": "Tháng bắt đầu suy giảm do người dùng chọn, không xác định theo quy tắc.",
    "note.short_history": (
        "Chuỗi số liệu ngắn hơn sáu năm, là độ dài cần để xác định đợt suy giảm; nếu biết đang có suy giảm, hãy ghi "
        "tháng bắt đầu vào tệp cấu hình: slump: {start: YYYY-MM}."
    ),
    "note.stale": (
        "Tháng gần nhất có số liệu cách ngày lập báo cáo từ bốn tháng trở lên; khả năng và tầm dự báo được tính từ "
        "tháng đó."
    ),
    "note.reconstructed": (
        "Không có chỉ số mức nào được công bố; các mức được ước tính lại từ tốc độ nên có sai số."
    ),
    "note.gaps": (
        "Một số tháng không được công bố; mức của các tháng này được nội suy tuyến tính giữa các tháng liền kề, "
        "sau khi loại yếu tố mùa vụ."
    ),
    "note.holidays_unknown": (
        "Không có lịch nghỉ lễ cho mọi năm được xét; ở các năm còn lại, số ngày làm việc được tính bằng số ngày trong "
        "tuần trừ số ngày nghỉ thường lệ, và ngày lễ chưa biết ngày thì coi như không ảnh hưởng."
    ),
    "note.failed_fits": "Một số lần ước lượng không thành công; đã liệt kê, dự báo dựa trên các lần còn lại.",
}
