"""Tiếng Việt. Method, models, attachments, reproduction and the glossary."""

from __future__ import annotations

TEXT = {
    "method.section": "Phương pháp",
    "method.heading": "Dự báo được lập thế nào và cách lập lại",
    "method.read": "Cách đọc biểu đồ quạt",
    "method.read_text": (
        "Trong 100 trường hợp mà các mô hình cho là có thể xảy ra, ở mỗi tháng có 50 trường hợp nằm trong "
        "dải đậm nhất, 80 trong dải giữa, 90 trong dải nhạt nhất và 10 nằm ngoài. Đường nét đứt là trung "
        "vị: một nửa số trường hợp nằm phía trên. Đạt mức bình thường trong một tháng chưa phải là trở "
        "lại, nên tỷ lệ trường hợp trên 100 trong một tháng khác với xác suất đã trở lại."
    ),
    "method.words_title": "Ý nghĩa của các từ chỉ khả năng",
    "method.words": "{word}: từ {least}% trở lên",
    "method.rule": "Quy tắc trở lại",
    "method.rule_text": (
        "Sản xuất trở lại vào tháng đầu tiên của {hold} tháng liên tiếp có chênh lệch bình quân {window} "
        "tháng không âm. {how} (độ nhiễu của bình quân ba tháng {sigma}, ngưỡng suy giảm {threshold}). Các "
        "tháng ngoài tầm dự báo {horizon} tháng không được xác định ngày mà tính gộp là “sau {last}”."
    ),
    "method.rule_auto": "Số tháng bình quân và số tháng liên tiếp được chọn theo độ nhiễu của chuỗi",
    "method.rule_given": "Số tháng bình quân và số tháng liên tiếp do người dùng chọn",
    "method.slump": "Đợt suy giảm và mức bình thường",
    "method.slump_text": (
        "Đợt suy giảm bắt đầu từ {start} ({how}); đỉnh trước đó là bình quân từ {peak_from} đến {peak_to}. "
        "Mức bình thường, mùa vụ và lịch được giữ cố định từ khi suy giảm bắt đầu, để chính đợt suy giảm "
        "không kéo mức bình thường xuống. Lịch: {calendar}."
    ),
    "method.slump_dated": "xác định theo quy tắc",
    "method.slump_given": "do người dùng chọn",
    "method.no_slump": "Tại tháng gốc không có đợt suy giảm. Lịch: {calendar}.",
    "method.onset": (
        "Khả năng bắt đầu suy giảm là tỷ lệ trường hợp mà quy tắc xác định có đợt suy giảm, cộng thêm {outside} mỗi "
        "năm cho những cú sốc từ bên ngoài mà không trường hợp nào phản ánh."
    ),
    "method.pool": (
        "Từng mô hình kéo dài từng chuỗi quá khứ mô phỏng, kể cả bất định của tham số và xu thế: mỗi mô hình "
        "{paths} trường hợp từ {draws} chuỗi quá khứ (tất cả tương đương {effective} trường hợp có trọng số "
        "bằng nhau), gộp theo trọng số trong bảng. Tầm dự báo là {horizon} tháng."
    ),
    "method.pool_levels": (
        "Từng mô hình kéo dài chuỗi công bố, kể cả bất định của tham số và xu thế: mỗi mô hình {paths} trường "
        "hợp (tất cả tương đương {effective} trường hợp có trọng số bằng nhau), gộp theo trọng số trong bảng. "
        "Tầm dự báo là {horizon} tháng."
    ),
    "models.beside": "ngoài",
    "models.title": "Các mô hình trong và ngoài tổ hợp",
    "failed.title": "Các lần ước lượng không thành công: {count}",
    "failed.none": "Không có lần ước lượng nào không thành công.",
    "stamp.title": "Lập lại báo cáo",
    "stamp.command": "Lệnh",
    "stamp.config": "Cấu hình, SHA-256",
    "stamp.data": "Số liệu, SHA-256",
    "stamp.seed": "Số khởi tạo ngẫu nhiên",
    "stamp.versions": "Phiên bản",
    "stamp.attached": "Tệp đính kèm trong PDF",
    "stamp.attached_text": "report.json (toàn bộ con số), {tables}",
    "glossary.title": "Thuật ngữ",
    "attachment.json": "Toàn bộ con số của báo cáo",
    "attachment.fan.csv": "Biểu đồ quạt: các phân vị của mức sản xuất so với mức bình thường, theo tháng",
    "attachment.recovery.csv": "Xác suất trở lại trong từng tháng và lũy kế",
    "attachment.scenarios.csv": (
        "So sánh các kịch bản: thời điểm, số tháng sớm hơn, tăng trưởng, khả năng xảy ra"
    ),
    "attachment.next_releases.csv": "Số liệu dự kiến của các kỳ công bố tới, kèm khoảng dự báo",
    "setting.model": "{value}",
    "setting.theta": "phần trung bình trượt {value}",
    "setting.lags": "{value} độ trễ",
    "setting.drift_pct": "xu thế {value}% một tháng",
    "setting.constant_pct": "hằng số {value}% một tháng",
    "setting.drift_error_pct": "sai số xu thế {value}%",
    "setting.innovation_sd_pct": "biến động tháng {value}%",
    "setting.window_months": "{value} tháng số liệu",
    "setting.block_months": "khối {value} tháng",
}

GLOSSARY = (
    ("Mức bình thường", "đường mà sản xuất phải lấy lại để được coi là đã phục hồi"),
    ("Chênh lệch", "mức sản xuất so với mức bình thường trừ một, tính bằng %"),
    ("Đợt suy giảm", "từ tháng chênh lệch mở ra đến tháng trở lại"),
    ("Tháng trở lại", "tháng đầu tiên giữ được không thấp hơn mức bình thường theo quy tắc"),
    ("Đã trở lại", "các tháng xác nhận việc trở lại bắt đầu không muộn hơn tháng gần nhất có số liệu"),
    ("Đã qua đáy", "bình quân ba tháng thấp nhất của đợt suy giảm không còn ở phía trước"),
    ("Suy giảm trở lại", "lại thấp hơn mức bình thường trong vòng 12 tháng sau khi xác nhận trở lại"),
    ("Số liệu công bố", "một con số như cơ quan thống kê hoặc báo chí đã đăng"),
    ("Trường hợp", "một tương lai mô phỏng nối với một chuỗi quá khứ có khả năng như nhau"),
    ("Tháng gốc", "tháng gần nhất có số liệu của chỉ tiêu mà dự báo biết đến"),
    ("Tầm dự báo", "số tháng được theo dõi sau tháng gốc"),
    ("Trung vị", "một nửa số trường hợp nằm ở mỗi phía"),
)
