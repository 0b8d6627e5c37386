"""Tiếng Việt. Track record, what the answer hangs on, what happened afterwards."""

from __future__ import annotations

TEXT = {
    "after.section": "Diễn biến sau đó",
    "after.mark": (
        "Công bố sau ngày {as_of}: không dự báo nào trong báo cáo này đã biết nội dung của trang này."
    ),
    "after.recovered": (
        "Sản xuất đã trở lại mức bình thường vào {month}; dự báo đã cho khả năng trở lại đến lúc đó là {p}"
    ),
    "after.not_recovered": (
        "Đến hết {month} sản xuất chưa trở lại mức bình thường; dự báo đã cho khả năng này là {p}"
    ),
    "after.not_recovered_beyond": (
        "Đến hết {month} sản xuất chưa trở lại mức bình thường; dự báo đã cho khả năng chưa trở lại khi "
        "hết {last} là {p}"
    ),
    "after.inside": "{inside} trong {count} tháng nằm trong khoảng dự báo 80%; số liệu đến {data_to}.",
    "after.title": "Số liệu công bố sau đó so với dự báo ngày {as_of}",
    "after.table": "Mức sản xuất so với mức bình thường, %: dự báo và số liệu công bố sau đó",
    "after.printed": "Số liệu công bố sau đó so với dự báo",
    "after.printed_inside": "Trong {count} tốc độ tăng công bố lần đầu sau đó, {inside} nằm trong khoảng dự báo 80%.",
    "after.share": "Khả năng thấp hơn",
    "after.yes": "có",
    "after.no": "không",
    "track.section": "Thành tích dự báo",
    "track.heading": (
        "Trong các đợt suy giảm trước đây, dự báo thời điểm trở lại chính xác hơn quy tắc đơn giản tốt nhất {skill}"
    ),
    "track.heading_unsure": (
        "Trong các đợt suy giảm trước đây, dự báo thời điểm trở lại chính xác hơn quy tắc đơn giản tốt nhất {skill}, "
        "nhưng có thể chỉ do ngẫu nhiên"
    ),
    "track.heading_weak": (
        "Ở {weak} trên {count} nhóm số liệu quá khứ, dự báo thời điểm trở lại không chính xác hơn quy tắc đơn giản tốt "
        "nhất"
    ),
    "track.text": (
        "Tổ hợp mô hình của báo cáo này, với cùng chương trình, đã dự báo {origins} lần trong {episodes} đợt suy "
        "giảm trước đây của các vùng và ngành khác, mỗi lần theo dõi {months} tháng; {data}. Số đợt suy giảm của "
        "riêng một vùng quá ít để đánh giá."
    ),
    "track.later": (
        "Thành tích này được đánh giá theo số liệu đến {day}, sau ngày của báo cáo, nên gồm cả những đợt suy giảm mà "
        "khi đó chưa ai biết. Nó không làm thay đổi con số nào của câu trả lời."
    ),
    "track.tried": "Đã thử những gì",
    "track.doubt": "Điểm cần thận trọng",
    "track.at_age": "Ở độ dài này",
    "track.age_alone": "Chỉ theo độ dài",
    "track.age": (
        "Đợt suy giảm này đã kéo dài {age} tháng. Mức giảm sai số so với quy tắc đơn giản ở các đợt dài khoảng như "
        "vậy: {said}."
    ),
    "track.age_point": "{title}, {months} tháng từ khi bắt đầu: {skill}",
    "track.chance": "Mức giảm sai số có thể chỉ do ngẫu nhiên, vì khoảng 90% chạm mức không: {said}.",
    "track.alone": (
        "Nếu chỉ xét thời gian đã kéo dài, khả năng trở lại trong 12 tháng bằng tỷ lệ của các đợt suy giảm trước dài "
        "như vậy (Kaplan–Meier): {said}. Báo cáo này nêu {p}."
    ),
    "track.alone_point": "{title}: {p} ({ended} trong {slumps} đợt đã kết thúc)",
    "track.weak": "Không chính xác hơn quy tắc đơn giản: {said}.",
    "track.subtitle": (
        "Trái: phần sai số của quy tắc đơn giản tốt nhất được giảm bớt, %, theo số tháng từ khi suy giảm. Phải: tỷ "
        "lệ đã trở lại trong 12 tháng (trục đứng) theo khả năng nêu ra (trục ngang), %"
    ),
    "track.source": "Nguồn: kiểm định trên số liệu quá khứ ({titles}).",
    "track.alt": "Thành tích dự báo. {title}. Phần sai số được giảm bớt theo số tháng từ khi suy giảm. {points}",
    "track.alt_point": "{title}: {ages}.",
    "track.title": "Dự báo thời điểm trở lại trong các đợt suy giảm trước, so với quy tắc đơn giản tốt nhất",
    "track.panel": "Nhóm số liệu",
    "track.slumps": "Số đợt",
    "track.forecasts": "Số lần dự báo",
    "track.error": "Sai số, tháng",
    "track.naive": "Quy tắc đơn giản tốt nhất: sai số",
    "track.skill": "Tốt hơn",
    "track.interval": "Khoảng 90%",
    "track.covered": "Trong khoảng 80%",
    "track.note": (
        "Sai số: CRPS bình quân của tháng trở lại, tức khoảng cách giữa phân phối nêu ra và tháng thực tế. Khoảng "
        "90%: chọn lại ngẫu nhiên cả năm bắt đầu. Thành tích chỉ để người đọc tham khảo, không ảnh hưởng đến dự "
        "báo."
    ),
    "hangs.section": "Kết quả phụ thuộc vào điều gì",
    "hangs.heading": (
        "Trở lại trong vòng một năm: {base} theo kết quả chính, từ {low} đến {high} theo các lựa chọn khác; "
        "“{most}” làm thay đổi nhiều nhất"
    ),
    "hangs.heading_never": (
        "Không trở lại trong thời hạn dự báo: {base} theo kết quả chính, từ {low} đến {high} theo các lựa chọn khác; "
        "“{most}” làm thay đổi nhiều nhất"
    ),
    "hangs.title": "Cùng các kịch bản mô phỏng, theo những lựa chọn khác",
    "hangs.choice": "Lựa chọn",
    "choice.as_answered": "Kết quả chính",
    "choice.normal": "Mức bình thường: {value}",
    "choice.hold": "Số tháng duy trì: {value}",
    "choice.window": "Số tháng tính bình quân: {value}",
    "choice.horizon": "Thời hạn dự báo, tháng: {value}",
    "choice.without": "Bỏ mô hình: {value}",
    "choice.with": "Thêm vào tổ hợp: {value}",
    "hangs.not": "Không trong thời hạn dự báo",
    "hangs.note": (
        "Mỗi lần đổi một lựa chọn, các lựa chọn khác giữ như kết quả chính: mức bình thường là {normal}, duy trì "
        "{hold} tháng, bình quân {window} tháng, thời hạn dự báo {horizon} tháng."
    ),
    "record.finding": "{title}: dự báo thời điểm trở lại chính xác hơn quy tắc đơn giản tốt nhất {skill} "
    "({lower} đến {upper})",
    "record.finding_unsure": "{title}: dự báo thời điểm trở lại chính xác hơn quy tắc đơn giản tốt nhất {skill}, "
    "có thể do ngẫu nhiên ({lower} đến {upper})",
    "record.finding_rough": "{title}: dự báo thời điểm trở lại chính xác hơn quy tắc đơn giản tốt nhất {skill}; "
    "quá ít đợt suy giảm để biết có phải do ngẫu nhiên",
    "record.finding_weak": "{title}: dự báo thời điểm trở lại không chính xác hơn quy tắc đơn giản tốt nhất; "
    "năng lực dự báo còn yếu",
    "record.counts": "{episodes} đợt suy giảm, {origins} lần dự báo, mỗi lần theo dõi {months} tháng; {data}",
    "record.few": "Số năm có đợt suy giảm bắt đầu: {years}, nên sai số chọn mẫu chỉ biết sơ bộ hoặc chưa biết.",
    "record.real": "mỗi lần chỉ dùng số liệu đã công bố đến ngày đó (thời gian thực)",
    "record.pseudo": "mỗi lần dùng số liệu mới nhất, cắt tại ngày đó (giả thời gian thực)",
    "record.truth": "đối chiếu với lần công bố thứ {release} của mỗi tháng",
    "record.none": "Chưa lần dự báo nào được theo dõi đủ {months} tháng: chưa có thành tích dự báo.",
    "record.left_out": "Không dùng: {series} ({reason}).",
    "record.quiet": "Không có đợt suy giảm: {count} chuỗi.",
    "record.failed": "Số lần ước lượng không thành công: {count}; được chấm điểm như xác suất không đổi.",
    "record.model": "quy tắc hoặc mô hình",
    "record.error": "sai số, tháng",
    "record.skill": "tốt hơn",
    "record.interval": "khoảng 90%",
    "record.covered": "trong khoảng 80%",
    "record.calibrated": "đúng xác suất",
    "record.yes": "có",
    "record.no": "không",
    "record.best": "quy tắc đơn giản tốt nhất",
    "record.legend": "Sai số: CRPS bình quân của tháng trở lại. Tốt hơn: phần sai số của quy tắc đơn giản tốt "
    "nhất được giảm bớt, khoảng tin cậy từ việc lấy mẫu lại theo năm bắt đầu. Đúng xác suất: các khả năng nêu ra "
    "qua được kiểm định ở mức 5%.",
    "record.skill_title": "So với quy tắc đơn giản tốt nhất, theo số tháng từ khi suy giảm",
    "record.skill_subtitle": "{title}: phần sai số của {best} được giảm bớt, %; dưới mỗi tháng là số lần dự báo",
    "record.reliability_title": "Trở lại trong {months} tháng: nêu bình quân {stated}, thực tế {happened}",
    "record.reliability_subtitle": "{title}: tỷ lệ đã trở lại (trục đứng) theo khả năng nêu ra (trục ngang), %; "
    "diện tích: số lần dự báo",
    "record.pit_title": "{inside} số thời điểm nằm trong khoảng dự báo trung tâm 80%",
    "record.pit_subtitle": "{title}: tỷ lệ kết quả trong mỗi phần mười của phân phối nêu ra, %",
    "record.levels_title": "Mức sản xuất trước {months} tháng: {inside} nằm trong khoảng dự báo 80%",
    "record.levels_subtitle": "{title}: tỷ lệ mức quan sát nằm trong khoảng dự báo, %, theo số tháng dự báo trước",
    "record.source": "Nguồn: {counts}.",
    "record.sized": "trong {count} tháng",
    "record.pit": "Tỷ lệ kết quả nằm trong khoảng trung tâm 50, 80 và 90% của tổ hợp: {shares}. Kiểm định "
    "Cramér–von Mises về tính đúng của xác suất nêu ra: p = {p}.",
    "record.pit_rough": "Tỷ lệ kết quả nằm trong khoảng trung tâm 50, 80 và 90% của tổ hợp: {shares}; quá ít năm bắt "
    "đầu để kiểm định.",
    "record.part_before": "Đợt suy giảm bắt đầu trước năm {year} (tổ hợp được chọn trên các đợt như vậy của công "
    "nghiệp Hoa Kỳ): {said}.",
    "record.part_held_back": "Đợt suy giảm bắt đầu từ năm {year}, không dùng trong bất kỳ lựa chọn nào: {said}.",
    "record.part_without_fullest": "Mọi đợt suy giảm trừ các đợt của {first}–{last}, hai năm có nhiều nhất: {said}.",
    "record.part_said": "{skill} ({lower} đến {upper}), {origins} lần dự báo trong {episodes} đợt suy giảm",
    "record.part_rough": "{skill}, {origins} lần dự báo trong {episodes} đợt suy giảm",
    "record.age": "số tháng từ khi suy giảm",
    "record.age_forecasts": "số lần dự báo",
    "record.age_pool": "sai số của tổ hợp",
    "record.age_best": "của quy tắc đơn giản tốt nhất",
    "record.age_earlier": "của Kaplan–Meier",
    "record.age_p": "p",
    "record.age_legend": "p: khả năng tổ hợp có sai số lớn như vậy so với Kaplan–Meier nếu thực ra không kém hơn; dưới "
    "0,05 là tổ hợp kém hơn.",
    "record.relapse": "Suy giảm trở lại trong vòng một năm sau khi trở lại: nêu bình quân {stated}, thực tế {relapsed} "
    "({count} lần dự báo); điểm Brier {brier}, của tỷ lệ các đợt trước {naive}.",
}
