"""Tiếng Việt: every sentence and label of a report, in the vocabulary of Vietnamese statistics offices."""

from __future__ import annotations

CHANCES = (
    (99, "gần như chắc chắn"),
    (90, "rất nhiều khả năng"),
    (66, "nhiều khả năng"),
    (34, "khả năng có và không gần ngang nhau"),
    (10, "ít khả năng"),
    (1, "rất ít khả năng"),
    (0, "gần như không thể"),
)

TEXT = {
    "odds.under": "dưới 1%",
    "odds.over": "trên 99%",
    "quarter": "quý {number}/{year}",
    # Page one
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
    "page.subject": "Khi nào sản xuất công nghiệp trở lại mức bình thường?",
    "page.stand": (
        "Dự báo ngày {as_of} · tháng gần nhất có số liệu: {origin} · công bố đến {data_to} · {next}"
    ),
    "page.next": "kỳ tới: {month}",
    "page.next_due": "kỳ tới: {month}, khoảng ngày {day}",
    "page.footer": "{title} · dự báo ngày {as_of}",
    "finding.no_slump": "Sản xuất {origin} đạt {level} mức bình thường; hiện không có đợt suy giảm",
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
    "tile.within": "Trở lại trong 12 tháng",
    "tile.not_within": "hết {last} chưa trở lại: {p}",
    "when.already": "đã trở lại",
    "span": "{lower} đến {upper}",
    "when.after": "sau {month}",
    # Risks and what to watch
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
    "risk.watch_hinge": (
        "Trong 5 trường hợp có một trường hợp công bố dưới {low} so với cùng kỳ, khi đó khả năng trở lại bình thường "
        "đến {by} là {weak}; cũng một trong 5 công bố trên {high}, khi đó khả năng này là {strong}."
    ),
    "risk.watch_calm": "Thấp hơn {lower} là yếu hơn 90 trên 100 trường hợp.",
    "return.confirm": (
        "Chỉ coi là đã trở lại khi bình quân {window} tháng không thấp hơn mức bình thường trong {hold} "
        "tháng liên tiếp, nên chỉ biết được {lag} tháng sau khi bắt đầu."
    ),
    "risk.definition": "Thế nào là mức bình thường",
    "risk.definition_text": (
        "Kết quả phụ thuộc vào định nghĩa: trong vòng một năm là {p} nếu so với {used}, {other} nếu so với "
        "{kind}."
    ),
    "risk.models": "Các mô hình khác nhau",
    "risk.models_text": (
        "Khả năng trở lại trong vòng một năm: {low} theo {low_name}, {high} theo {high_name}."
    ),
    # Fan chart
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
    "fan.legend.reconstructed": "tháng ước tính lại, khoảng 80%",
    "fan.legend.median": "trung vị",
    "fan.legend.band": "{share} trên 100",
    "fan.legend.widest": "{share} trên 100 trường hợp",
    "fan.legend.observed": "công bố sau đó",
    "fan.alt": "Biểu đồ quạt. {title}. {points}",
    "fan.alt_point": "{month}: trung vị {median}, khoảng 80% từ {lower} đến {upper}.",
    "fan.table": "Biểu đồ quạt bằng số: mức sản xuất so với mức bình thường, %",
    # Return
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
    "scenarios.title": "Các kịch bản",
    # What if, targets, next releases
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
        "sánh giá trị kỳ vọng trong tầm dự báo. Khả năng xảy ra là xác suất của kết quả được giả định, hoặc xác suất "
        "chuỗi liên quan lệch khỏi dự báo của nó nhiều như giả định; cú sốc và thay đổi xu thế do người dùng đặt thì "
        "không có."
    ),
    "assumed.path": (
        "Trong “{label}”, tăng trưởng so cùng kỳ của {series}, đã loại mùa vụ và Tết, được giả định là {months}; khi "
        "chuỗi này tăng thêm 1% thì sản xuất ở đây đã tăng thêm {slope} (80%: {lower} đến {upper})."
    ),
    "assumed.month": "{assumed} vào {month} (dự báo {expected}, 80%: {lower} đến {upper})",
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
    "refused.unlearned": (
        "Không có kết quả: chỉ có {a} tốc độ tăng so cùng kỳ cho thấy các chuỗi biến động cùng nhau ra sao, trong khi "
        "cần {b}."
    ),
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
    # Columns
    # Nowcast
    "nowcast.text": (
        "{months}: đã kết thúc nhưng chưa được công bố. Dự báo bắt đầu bằng ước tính cho thời gian này từ số liệu đã "
        "công bố của {series}."
    ),
    "nowcast.due_title": "Số liệu sắp công bố và mức thường làm thay đổi ước tính",
    "nowcast.more": " và {count} chuỗi khác",
    "nowcast.models": "Các mô hình ước tính, mỗi mô hình một tỷ trọng như nhau: {models}.",
    "nowcast.refused": "Các chuỗi khác đã công bố các tháng sau, nhưng không thể ước tính từ đó: {reason}.",
    "nowcast.told_stopped": "{indicator}: không sử dụng, không có số liệu từ {month}.",
    "nowcast.told_starts_late": "{indicator}: không sử dụng, chuỗi quá ngắn.",
    "nowcast.told_constant": "{indicator}: không sử dụng, chuỗi không thay đổi.",
    "nowcast.told_season": "{indicator}: không sử dụng, chuỗi quá ngắn để ước lượng tính mùa vụ.",
    "nowcast.told_sign": "{indicator}: có giá trị không dương trong {month} nên sử dụng sai phân.",
    "nowcast.told_unit": "{indicator}: đổi đơn vị từ {month}; bỏ mức tăng của tháng đó.",
    "nowcast_model.factor": "mô hình nhân tố động",
    "nowcast_model.bridge": "phương trình cầu nối",
    "nowcast_model.lags": "hồi quy theo độ trễ của nhóm chuỗi",
    "changes.section": "Thay đổi so với báo cáo trước",
    "changes.nothing": "Chưa có gì để so sánh",
    "changes.nothing_text": "Chưa có báo cáo nào trước đây cho câu hỏi này, hoặc từ đó chưa công bố số liệu mới.",
    "changes.heading": "Từ {since}, khả năng trở lại bình thường đến {by} thay đổi từ {before} thành {now}",
    "changes.point": "Từ {since}",
    "changes.heading_same": "Từ {since}, khả năng trở lại bình thường đến {by} vẫn là {now}",
    "changes.point_same": "Khả năng trở lại bình thường đến {by} vẫn là {now}.",
    "changes.point_text": "Khả năng trở lại bình thường đến {by} thay đổi từ {before} thành {now}. {most}",
    "changes.most": "Kỳ công bố {published} ({region}) tác động nhiều nhất: {points} điểm phần trăm.",
    "changes.title": "Tác động của từng kỳ công bố đến khả năng trở lại bình thường đến {by}",
    "changes.yoy": "Tác động đến {month} so với cùng kỳ, điểm",
    "changes.total": "Từ {since}",
    "changes.expected": "dự báo {value}",
    "changes.more": "và {count} số liệu khác",
    "changes.note": (
        "Các kỳ công bố lần lượt được thêm vào số liệu theo thứ tự thời gian và toàn bộ câu hỏi được tính lại; "
        "tác động, tính bằng điểm phần trăm, là chênh lệch kết quả khi có và khi chưa có kỳ công bố đó. Tổng các dòng "
        "bằng toàn bộ thay đổi."
    ),
    "column.printed": "Số liệu công bố",
    "column.effect": "Tác động, điểm",
    "column.event": "Mốc",
    "column.by_then": "Trở lại",
    "column.probability": "Khả năng",
    "column.in_words": "Bằng lời",
    "column.already": "Đã đạt",
    "column.within_6": "Trong 6 tháng",
    "column.within_12": "Trong 12 tháng",
    "column.within_24": "Trong 24 tháng",
    "column.half": "Một nửa số trường hợp đến hết",
    "column.not": "Chưa đạt khi hết {last}",
    "column.share": "Trường hợp",
    "column.early": "Từ",
    "column.late": "Đến",
    "column.share_of": "{share} trên 100",
    "column.definition": "Định nghĩa",
    "column.level": "Mức, điểm chỉ số",
    "column.gap": "Chênh lệch bình quân {window} tháng",
    "column.scenario": "Kịch bản",
    "column.growth": "Tăng trưởng {year}",
    "column.gained": "Số tháng sớm hơn",
    "column.gained_mean": "Bớt số tháng dưới mức bình thường",
    "column.plausible": "Khả năng xảy ra",
    "column.target": "Mục tiêu",
    "column.reached": "Khả năng đạt",
    "column.expected": "Dự báo (khoảng 80%)",
    "column.remaining": "Số tháng còn lại",
    "column.needed_yoy": "Cần đạt, so cùng kỳ",
    "column.needed_mom": "Hoặc mỗi tháng, đã loại mùa vụ",
    "column.seen": "Tỷ lệ quá khứ từng đạt",
    "column.could_move": "Thay đổi mức sản xuất",
    "column.growth_expected": "Mức tăng dự kiến",
    "column.month": "Tháng",
    "column.median": "Trung vị",
    "column.band": "Khoảng {share}%",
    "column.period": "Kỳ",
    "column.measure": "Tốc độ",
    "column.value": "Công bố",
    "column.fitted": "Mô hình",
    "column.residual": "Lệch",
    "column.published": "Ngày",
    "column.status": "Tình trạng",
    "column.series": "Chỉ tiêu",
    "column.source": "Nguồn",
    "column.count": "Số liệu",
    "column.superseded": "Đã thay thế",
    "column.contradictory": "Mâu thuẫn",
    "column.typical": "Lệch điển hình, điểm",
    "column.largest": "Lệch lớn nhất, điểm",
    "column.year": "Năm",
    "column.model": "Mô hình",
    "column.weight": "Trọng số",
    "column.settings": "Ước lượng trên một chuỗi quá khứ",
    "column.reason": "Lý do",
    "column.fits": "Số lần",
    "column.observed": "Công bố sau đó",
    "column.inside": "Trong khoảng 80%",
    # Data
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
    # Method
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
    "notes": "Lưu ý",
    "note.no_slump": (
        "Hiện không có đợt suy giảm: mức bình thường là bình quân 12 tháng cao nhất trong 36 tháng gần nhất."
    ),
    "note.slump_start_given": "Tháng bắt đầu suy giảm do người dùng chọn, không xác định theo quy tắc.",
    "note.short_history": (
        "Chuỗi số liệu ngắn hơn sáu năm, là độ dài cần để xác định đợt suy giảm; nếu biết đang có suy giảm, hãy ghi "
        "tháng bắt đầu vào tệp cấu hình: slump: {start: YYYY-MM}."
    ),
    "note.reconstructed": (
        "Không có chỉ số mức nào được công bố; các mức được ước tính lại từ tốc độ nên có sai số."
    ),
    "note.failed_fits": "Một số lần ước lượng không thành công; đã liệt kê, dự báo dựa trên các lần còn lại.",
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
    # Revisions and season
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
    # Workbook
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
    # Afterwards
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
    # Codes
    "measure.mom_pct": "so với tháng trước",
    "measure.yoy_pct": "so với cùng kỳ năm trước",
    "measure.ytd_yoy_pct": "cộng dồn từ đầu năm",
    "measure.qtr_yoy_pct": "quý so với cùng kỳ",
    "measure.index": "chỉ số",
    "rate.mom_pct": "so tháng trước",
    "rate.yoy_pct": "so cùng kỳ",
    "rate.ytd_yoy_pct": "cộng dồn",
    "rate.qtr_yoy_pct": "quý so cùng kỳ",
    "rate.index": "chỉ số",
    "kind.pre_slump_peak": "đỉnh trước suy giảm",
    "kind.trend": "xu thế cũ",
    "kind.same_month": "cùng tháng trước suy giảm",
    "kind.pre_slump_mean": "bình quân trước suy giảm",
    "kind.target": "mức mục tiêu",
    "explain.pre_slump_peak": "bình quân 12 tháng cao nhất trong ba năm trước suy giảm, giữ không đổi",
    "kind.pre_slump_peak_now": "đỉnh gần đây",
    "kind.pre_slump_mean_now": "bình quân trước tháng gần nhất",
    "kind.same_month_now": "cùng tháng năm trước",
    "explain.pre_slump_peak_now": "bình quân 12 tháng cao nhất trong ba năm gần nhất, giữ không đổi",
    "explain.trend_now": "xu thế năm năm gần nhất, tốc độ tăng giảm dần sau hai năm",
    "explain.same_month_now": "cùng tháng của năm trước",
    "explain.pre_slump_mean_now": "mức bình quân các tháng trước tháng gần nhất",
    "explain.trend": "xu thế năm năm trước suy giảm, tốc độ tăng giảm dần sau hai năm",
    "explain.same_month": "cùng tháng của năm trước suy giảm",
    "explain.pre_slump_mean": "mức bình quân các tháng trước suy giảm",
    "explain.target": "mức do người dùng đặt ra",
    "model.sarima": "ARIMA mùa vụ",
    "model.random_walk_drift": "bước ngẫu nhiên có xu thế",
    "model.random_walk_drift_block": "bước ngẫu nhiên có xu thế, lấy mẫu theo khối",
    "model.autoregression": "tự hồi quy",
    "model.autoregression_heavy_shocks": "tự hồi quy, biên độ tăng sau cú sốc lớn",
    "model.noisy_walk": "bước ngẫu nhiên có nhiễu",
    "model.regression": "hồi quy",
    "model.structural": "mô hình cấu trúc",
    "model.sarima_airline": "ARIMA mùa vụ, mô hình airline",
    "model.panel_autoregression": "tự hồi quy với nhóm chuỗi và độ sâu suy giảm",
    "model.boosting": "cây tăng cường",
    "model.exponential_smoothing": "san bằng mũ",
    "model.theta": "Theta",
    # Settings of a model, with their unit
    "setting.model": "{value}",
    "setting.theta": "phần trung bình trượt {value}",
    "setting.lags": "{value} độ trễ",
    "setting.drift_pct": "xu thế {value}% một tháng",
    "setting.constant_pct": "hằng số {value}% một tháng",
    "setting.drift_error_pct": "sai số xu thế {value}%",
    "setting.innovation_sd_pct": "biến động tháng {value}%",
    "setting.window_months": "{value} tháng số liệu",
    "setting.block_months": "khối {value} tháng",
    "calendar.none": "không dùng",
    "calendar.VN: tet": "ngày làm việc, ngày nghỉ lễ và Tết của Việt Nam",
    "sector.total": "toàn ngành công nghiệp",
    "sector.manufacturing": "chế biến, chế tạo",
    "sector.mining": "khai khoáng",
    "sector.electricity": "sản xuất và phân phối điện",
    "sector.water": "cung cấp nước, xử lý rác thải",
    "sector.electronics": "điện tử",
    "region.indicators": "Các chuỗi tương tự và chỉ báo",
    "region.vietnam": "Cả nước",
    "region.bac_ninh": "Bắc Ninh",
    "region.bac_ninh_merged": "Bắc Ninh (gồm Bắc Giang)",
    # Track record: what a backtest found
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
    "adjusted.title": "Mức sản xuất đã loại mùa vụ, % so với đỉnh trước suy giảm, theo hai phương pháp",
    "adjusted.text": (
        "Theo {method}, bình quân {window} tháng cuối lệch {gap} so với đỉnh trước suy giảm; theo phương pháp tích "
        "hợp dùng để xác định đợt suy giảm và thời điểm trở lại: {own}."
    ),
    "adjusted.model": "{method} chọn mô hình {model}; biến lịch: {regressors}; quan sát bất thường: {outliers}.",
    "adjusted.none": "không có",
    "adjusted.x13_unavailable": "Hệ thống này không có X-13; STL được dùng thay thế.",
    "adjusted.by_stl": "STL",
    "adjusted.by_x13": "X-13",
    "adjusted.builtin": "Tích hợp",
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
    "model.pool": "tổ hợp",
    "model.constant_hazard": "xác suất không đổi",
    "model.kaplan_meier": "Kaplan–Meier từ các đợt trước",
    "model.gap_over_trend": "chênh lệch chia xu thế",
    "model.seasonal_naive": "lặp lại cùng kỳ",
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
