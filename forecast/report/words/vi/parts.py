"""Tiếng Việt. Sectors: which part holds output back."""

from __future__ import annotations

TEXT = {
    "parts.section": "Ngành nào kìm hãm",
    "parts.heading": "Ngành {sector} kìm hãm nhiều nhất: {now} trong mức chênh lệch {gap} điểm của {origin}",
    "parts.heading_last": "Ngành {sector} trở lại sau cùng: {p} số trường hợp chưa trở lại khi hết {last}",
    "parts.heading_ahead": "Trong {origin} không ngành nào thấp hơn mức bình thường của mình",
    "parts.last": "Trở lại mức bình thường của mình sau cùng: {sector} ({p} chưa trở lại khi hết {last}).",
    "parts.weights": (
        "Chưa biết quyền số của các ngành nên không chia được mức chênh lệch cho từng ngành; mỗi ngành được so với "
        "mức bình thường của chính mình. Có thể khai báo tỷ trọng trong tệp cấu hình: sectors: {{manufacturing: "
        "0.9, …}}."
    ),
    "parts.adds": (
        "Phần đóng góp tính bằng điểm so với mức bình thường của toàn ngành; ở mọi kịch bản mô phỏng và mọi tháng, "
        "tổng các phần bằng mức chênh lệch chung."
    ),
    "parts.title": "Các ngành: chênh lệch, diễn biến và thời điểm trở lại mức bình thường của mình",
    "parts.sector": "Ngành",
    "parts.share": "Tỷ trọng trong mức bình thường",
    "parts.level": "Bình quân {window} tháng so với bình thường",
    "parts.trough": "Tại đáy, {month}",
    "parts.now": "Tháng {month}",
    "parts.after": "Kỳ vọng {month}",
    "parts.chart_title": "Đóng góp vào mức chênh lệch: {now} điểm trong {origin}, kỳ vọng {later} điểm vào {month}",
    "parts.subtitle": "{title}: điểm so với mức bình thường; sau {origin} là giá trị kỳ vọng",
    "parts.alt": "Đóng góp của các ngành vào mức chênh lệch theo tháng. {title}. {points}",
    "parts.alt_point": "{sector}: {now} điểm trong {origin}.",
    "parts.total_gap": "chênh lệch",
}
