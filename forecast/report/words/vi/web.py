"""Tiếng Việt. Web page, index of many questions, workbook."""

from __future__ import annotations

TEXT = {
    "html.skip": "Đến nội dung báo cáo",
    "html.section": "Tra cứu",
    "html.title": "Thời điểm sản xuất trở lại bình thường theo từng kịch bản",
    "html.scenario": "Kịch bản",
    "html.month": "Tháng",
    "html.curve": "Khả năng sản xuất đã trở lại bình thường theo tháng; dòng chữ bên dưới đọc tháng được chọn",
    "html.said": "{by} khả năng sản xuất trở lại bình thường đến {month}; {inside} là trở lại đúng trong tháng đó.",
    "index.title": "Khi nào sản xuất trở lại mức bình thường?",
    "index.sorted": "Xếp theo mức thay đổi khả năng trở lại bình thường trong 12 tháng so với báo cáo trước",
    "index.question": "Câu hỏi",
    "index.answer": "Trả lời",
    "index.change": "So với báo cáo trước",
    "index.first": "báo cáo đầu tiên",
    "index.same": "không đổi so với {as_of}",
    "index.points": "{points} điểm phần trăm (khả năng trong 12 tháng) so với {as_of}",
    "workbook.summary": "Tóm tắt",
    "workbook.history": "Quá khứ theo tháng",
    "workbook.history_title": "Quá khứ: điểm chỉ số, % mức bình thường, khoảng 80%",
    "workbook.fan": "Dự báo theo tháng",
    "workbook.return": "Trở lại theo tháng",
    "workbook.next": "Kỳ công bố tới",
    "workbook.lower": "cận dưới",
    "workbook.upper": "cận trên",
    "workbook.of_normal": "% mức bình thường",
    "workbook.in_month": "Trở lại trong tháng",
    "workbook.by_month": "Lũy kế đến tháng",
}
