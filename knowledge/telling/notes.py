"""Every sentence about an assumption, a doubt or a gap, and every short fixed text. Plain text; templates escape it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from knowledge.records import Note
from knowledge.telling.formats import day, money, percent, typed_amount
from knowledge.telling.law import document_name

_SENTENCES: dict[str, str] = {
    # assumptions
    "only_programme": "Chỉ có số {programme}, không phải tổng hai nguồn.",
    "only_target": "Đây là mục tiêu, chưa phải kết quả.",
    "only_round": "Đây là số của đợt {round}, không phải cả năm.",
    "whole_region": "{said} không có số riêng; đây là số của cả khu vực {region}.",
    "regrouped": "{region} được chia lại từ 01/7/2025; đây là số theo cách chia mới. {note}",
    "only_estimate": "Mới có số ước thực hiện, chưa có số chính thức.",
    "repaired": "“{typed}” tôi đọc là “{read}”.",
    "different_measures": "Hai số khác loại: {first} và {second}.",
    "several_documents": "Có nhiều văn bản mang số này; tôi liệt kê để bạn đối chiếu.",
    "as_of_day": "Trả lời theo quy định áp dụng đến {day}.",
    "several_units": "Tôi tính giá của {units} cái cộng lại.",
    "doubtful_trade": "Ngành nghề: {says}",
    "price_range": "Giá từ {low} đến {high} thì tối đa từ {least} đến {most}; số trên tính theo giá cao.",
    "own_share": "Phần bạn tự lo ít nhất {rest}.",
    "price_unread": "Tôi chưa đọc chắc số tiền bạn nêu; bạn gõ lại bằng số kèm đơn vị (ví dụ: 350 triệu) để tôi tính.",
    "foreign_money": "Giá bạn nêu bằng ngoại tệ. Bạn cho tôi giá bằng đồng (ví dụ: 350 triệu) để tôi tính.",
    "local_result": "Tính theo mức riêng của tỉnh (khuyến công địa phương) thì tối đa {result}.",
    "tax_unknown": "Quy định tôi đọc không nói giá để tính hỗ trợ có gồm thuế GTGT (VAT) hay không; tôi tính trên giá bạn nêu, hãy hỏi Trung tâm Khuyến công.",
    "province_level_unknown": "Tôi chưa có mức riêng của {region}.",
    "valid_until": "Cấp năm {from} thì có giá trị đến hết ngày 31/12/{until}.",
    "price_missing": "Cho tôi giá (ví dụ: 800 triệu), tôi tính số tiền.",
    "level_not_known_for_day": "Tôi chưa có mức của thời điểm đó; đây là mức gần nhất tôi biết (áp dụng từ {from}).",
    "level_not_known_today": "Tôi chưa đọc được mức hiện hành của nội dung này; đây là mức cũ, áp dụng từ {from} đến {until}.",
    "rule_is_later": "Quy định dưới đây có từ {from}, sau {day} mà bạn hỏi; quy định lúc đó có thể khác.",
    "part_is_later": "{documents} có sau {day} mà bạn hỏi: phần theo văn bản đó khi ấy chưa áp dụng.",
    "size_large": "Số bạn nêu vượt mức doanh nghiệp vừa (200 lao động; doanh thu 200 tỷ hoặc vốn 100 tỷ đồng, Điều 5 Nghị định 80/2021/NĐ-CP).",
    "size_open": "Vốn hoặc doanh thu bạn nêu vượt mức doanh nghiệp vừa; còn phải xem số kia (doanh thu 200 tỷ, vốn 100 tỷ đồng, Điều 5 Nghị định 80/2021/NĐ-CP).",
    "size_within": "Số bạn nêu trong mức doanh nghiệp nhỏ và vừa (200 lao động; doanh thu 200 tỷ hoặc vốn 100 tỷ đồng, Điều 5 Nghị định 80/2021/NĐ-CP).",
    "no_district": "Từ 01/7/2025 không còn cấp huyện: địa bàn khuyến công xét theo xã, phường, đặc khu nơi đặt xưởng.",
    "listed_part": "Tôi có {count} số; đây là những năm gần nhất, các năm trước ở nút bên dưới.",
    "listed_some": "Tôi có {count} số ở chỗ này; đây là một phần, hãy hỏi hẹp hơn (chỉ tiêu, nguồn hoặc tỉnh).",
    "of_event": "Đây là số của {event}, tổ chức ở {place}.",
    "own_sum": "Hai nguồn cộng lại: {sum} (tôi tính từ hai số trên).",
    "own_portion": "Phần {programme}: khoảng {sum} (tôi tính từ tổng và tỷ trọng trên).",
    "own_part": "{programme} chiếm {share} (tôi tính; nguồn không in tỷ trọng này).",
    "own_total": "{count} số cộng lại: {sum} (tôi tính).",
    "own_sum_apart": "Hai nguồn cộng lại: {sum} (tôi tính từ hai số trên, in ở hai bài khác nhau).",
    "own_sum_mixed": "Hai nguồn cộng lại: {sum} (tôi tính từ hai số trên; một số là {first}, một số là {second} nên chỉ để tham khảo).",
    "series_gaps": "Chưa có số của: {missing}.",
    "no_figure_of_span": "Chưa có một số chung cho cả giai đoạn {span}.",
    "no_such_value": "Tôi không có số liệu nào đúng bằng {value}.",
    "ranked": "Xếp trong {count} số so được với nhau mà tôi có.",
    "ranked_missing": "Xếp trong {count} số so được với nhau mà tôi có; chưa có số của {missing}.",
    "ranked_provinces": "Tôi mới có số so được của {count} tỉnh, thành phố; các nơi khác chưa có nên chưa thể nói là cả nước.",
    "nothing_to_export": "Chưa có số liệu nào để lập bảng. Hãy hỏi một số liệu trước, rồi gõ “xuất excel”.",
    "grounds": "Số liệu và quy định tôi đưa lấy từ văn bản, trang của cơ quan nhà nước và báo chí; cuối mỗi câu trả lời có ghi nguồn để bạn kiểm lại, chỗ nào chưa chắc tôi nói rõ. Chưa có câu trả lời nào để nói tiếp. Hãy hỏi một câu trước.",
    "nothing_told": "Chưa có câu trả lời nào để nói tiếp. Hãy hỏi một câu trước; cuối mỗi câu trả lời tôi đều ghi nguồn.",
    "tabled": "Bảng có {count} số so được với nhau mà tôi có.",
    "tabled_missing": "Bảng có {count} số so được với nhau mà tôi có; chưa có số của {missing}.",
    "tabled_provinces": "Tôi mới có số so được của {count} tỉnh, thành phố; các nơi khác chưa có.",
    "counted_in": "Có: {other} được tính trong số của {region}.",
    "counted_out": "Không: số này là của riêng {region}, không gồm {other}.",
    "counted_without": "Chưa gồm {other}: số này là của {region} theo địa giới cũ.",
    "counted_unknown": "Chưa rõ: nguồn không nói số này của {region} có gồm {other} hay không.",
    "why_unknown": "Nguồn tôi có không nêu lý do; đây là số liệu để bạn đối chiếu.",
    "not_summed": "Nguồn không in tổng này. Tôi không tự cộng thành số liệu: hãy dẫn từng số, kèm nguồn của nó.",
    "unchecked_claim": "Chưa kiểm tra được: {said}.",
    "unchecked": "Tôi chưa đối chiếu được: {said}.",
    "told_by_source": "{text}",
    "near_only": "Các số nêu kèm là số gần nhất tôi có, không phải số bạn hỏi.",
    "office_then": "Chức danh theo nguồn lúc đó; nay có thể đã khác.",
    "event_differs": "Chưa đúng với tư liệu tôi có.",
    # warnings
    "discrepancy": "{text}",
    "misprint": "{text}",
    "doubtful_unit": "{text}",
    "needs_check": "Có thể đã có văn bản mới hơn: hãy hỏi lại Sở Công Thương trước khi dùng.",
    "superseded": "Quy định này đã hết hiệu lực; nêu ra để đối chiếu.",
    "rule_of_then": "Đây là quy định của thời điểm bạn hỏi, áp dụng đến hết {until}; nay đã khác.",
    "secondary_source": "Đọc qua trang trích dẫn, chưa đối chiếu nguyên văn.",
    "level_changed": "Mức theo Thông tư 28/2018/TT-BTC; Thông tư 139/2026/TT-BTC (25/9/2026) đã điều chỉnh, tôi chưa có bảng mức mới: hãy hỏi lại trước khi làm hồ sơ.",
    "level_superseded": "Mức này đã hết áp dụng từ {until}; mức hiện hành (Thông tư 28/2018/TT-BTC, rồi Thông tư 139/2026/TT-BTC) tôi chưa đọc được: hãy hỏi lại trước khi làm hồ sơ.",
    "level_ends": "Mức này chỉ áp dụng đến hết {until}; hỏi kèm một ngày sau đó để biết mức mới.",
    "level_of_then": "Đây là mức của thời điểm bạn hỏi, đã hết áp dụng ({until}).",
    "merged_region": "Từ 01/7/2025 {region} đã nhập vào {successor}; số này là của {region} theo địa giới cũ.",
    "grown_region": "Từ 01/7/2025 {region} gồm thêm {joined}; số này là của {region} theo địa giới cũ.",
    "grown_since": "Nguồn công bố sau khi {region} gồm thêm {joined} (01/7/2025); không rõ các năm trước đó có tính cả các nơi này không.",
    "counted_again": "Từ 01/7/2025 vùng này được chia lại; số của {region} tính theo cách chia mới, không so thẳng với số trên.",
    "sources_differ": "Các nguồn in khác nhau ở chỗ này; tôi lấy số {rule}.",
    "two_sources": "Hai số lấy từ hai nguồn khác nhau.",
    "inexact_side": "Có số được in kèm “trên/hơn” nên chênh lệch chỉ là gần đúng.",
    # gaps
    "compare_side": "Tôi chỉ có một trong hai số nên không so sánh được.",
    "not_comparable": "Hai số này không cùng loại nên không so sánh được.",
    "not_ranked": "Tôi chưa có đủ số so được với nhau để xếp hạng.",
    "two_maps": "Hai số tính theo hai cách chia vùng (trước và từ 01/7/2025) nên không so sánh được.",
    "strange_words": "Tôi không có số riêng cho “{words}”.",
    "unclear_period": "Tôi không rõ “{said}” là những năm nào.",
    "ask_period": "Bạn hỏi năm (hoặc kỳ) nào?",
    "ask_region": "Bạn hỏi vùng hay tỉnh nào?",
    "ask_programme": "Bạn hỏi nguồn nào: khuyến công quốc gia (KCQG) hay khuyến công địa phương (KCĐP)?",
    "ask_measure": "Bạn hỏi số nào: kế hoạch, phân bổ hay thực hiện?",
    "ask_event": "Bạn hỏi hội nghị, hội chợ nào?",
    "ask_activity": "Bạn cần hỗ trợ việc gì? Nói thêm làm nghề gì, xưởng ở xã hay phường, tỉnh nào thì tôi trả lời sát hơn.",
    "ask_what": "Bạn muốn biết gì về chỗ này?",
    "ask_which": "Có phải bạn muốn hỏi:",
    "subregion": "{region} không phải một vùng khuyến công có số riêng; nó thuộc khu vực {whole}.",
    "made_of": "{region} hiện nay gồm thêm {joined} (từ 01/7/2025); số trước đó được công bố theo tỉnh cũ.",
    "no_document": "Tôi không có {kind} số {number}.",
    "no_district_figures": "Tôi không có số liệu theo huyện, quận, xã, phường; tôi chỉ có số của vùng và của tỉnh.",
    "no_person": "Tôi không có tên người giữ chức này trong nguồn nào; hãy xem trang của chính cơ quan đó.",
    "no_event": "Tôi chưa có thông tin về sự kiện này.",
    "no_event_of": "Tôi chưa có thông tin về sự kiện này của {of}.",
    "near_event": "Gần nhất tôi có: {near}.",
    "neighbour": "Câu này về {name}, ngoài phạm vi của tôi. Tôi chỉ trả lời về khuyến công (hỗ trợ phát triển công nghiệp nông thôn).",
    "abroad": "Tôi chỉ biết chính sách khuyến công của Việt Nam, không có chính sách của nước khác.",
    "off_topic": "Tôi chỉ trả lời về khuyến công: kinh phí, chính sách, mức hỗ trợ, hội nghị.",
    "not_known": "Tôi chưa có câu trả lời chắc chắn cho câu này.",
    "not_understood_read": "Tôi chưa hiểu hết câu này; mới đọc được: {read}. Bạn nói rõ thêm giúp tôi: muốn biết số liệu, mức hỗ trợ, điều kiện, hồ sơ hay văn bản?",
    "not_understood": "Tôi chưa hiểu câu này. Bạn viết lại giúp tôi bằng vài từ: việc muốn làm hoặc số cần biết, nơi nào, năm nào.",
    "not_held": "Tôi hiểu câu hỏi nhưng chưa có câu trả lời chắc chắn. Gần đó tôi có:",
    "no_level": "Tôi chưa có số tiền cụ thể cho việc này: quy định tôi đọc được ở trên không nêu mức. Mức tùy đề án được duyệt và quy định của tỉnh: hỏi Trung tâm Khuyến công hoặc Sở Công Thương.",
    "told_all_near": "Về điều này, tôi chưa có gì hơn câu trả lời trên. Có phải bạn muốn hỏi:",
    "told_all": "Về điều này, tư liệu tôi có chỉ nói như câu trả lời trên; phần bạn hỏi thêm tôi chưa có. Nên hỏi Trung tâm Khuyến công hoặc Sở Công Thương của tỉnh.",
    "opener_pronoun": "Bạn đang nói đến điều gì ạ? Tôi chưa có câu nào trước đó để hiểu; bạn nói rõ giúp tôi số liệu, mức hỗ trợ, văn bản hay hội nghị nào, của nơi nào, năm nào.",
    "opener_start": "Vâng, mời bạn hỏi. Tôi biết về kinh phí, chính sách, mức hỗ trợ và hội nghị khuyến công, ví dụ:",
    "opener_figures": "Bạn cần số nào? Nói vùng hoặc tỉnh và năm, hoặc chọn:",
    "opener_province": "Bạn ở tỉnh nào, hỏi năm nào? Vài tỉnh tôi có số:",
    "opener_several": "Bạn kể mấy việc, mỗi việc một khác. Bạn muốn hỏi cho việc nào?",
    "opener_wish": "Anh/chị định làm việc gì, xưởng ở đâu, sản xuất gì? Có thể bắt đầu từ:",
    "opener_introduced": "Chào bạn. Bạn cần hỏi gì cho cơ sở của mình: mua máy, dự hội chợ, làm thương hiệu, hay điều kiện, nơi nộp? Có thể bắt đầu từ:",
    "opener_papers": "Bạn hỏi hồ sơ cho việc gì: xin hỗ trợ (làm nghề gì, ở đâu, mua gì) hay dự bình chọn sản phẩm?",
    "opener_activity": "Bạn muốn biết gì về việc này?",
    "opener_activity_wish": "Việc này có thể được hỗ trợ. Bạn cho biết giá khoảng bao nhiêu, xưởng ở xã hay phường (tỉnh nào), đồ mới hay cũ, tôi tính giúp. Hoặc chọn:",
    "opener_amount": "Số tiền này dùng vào việc gì?",
    "opener_document": "Bạn hỏi văn bản nào?",
    "opener_event": "Bạn hỏi hội nghị, hội chợ nào?",
    "part_untold": "Về “{part}”, tôi chưa có câu trả lời chắc chắn; bạn hỏi riêng câu đó giúp tôi.",
    "level_still": "Mức hỗ trợ tính như trên: tối đa {most}.",
    "level_if": "Nếu thuộc diện được xét: tối đa {most}.",
    "in_english": "I read your question in English and answer in Vietnamese; amounts are in đồng (tỷ = billion, triệu = million).",
    "no_source": "Câu vừa rồi không dựa trên một nguồn nào để nêu.",
    "nothing_to_draw": "Chưa có hai số liệu cùng loại để vẽ. Hãy hỏi số của vài vùng hoặc vài năm trước, rồi gõ “vẽ biểu đồ”.",
    "heard_right": "Đúng, nguồn tôi có in {said} cho số vừa nêu.",
    "heard_elsewhere": "Số {said} cũng được in cho đúng mục này ở chỗ khác; hai chỗ lệch nhau.",
    "heard_of_other": "Số {said} nguồn tôi có in cho: {other}.",
    "heard_otherwise": "Bạn nghe nói {said}; tư liệu tôi có vẫn là như dưới đây, có thể số kia là mức cũ hoặc của việc khác.",
    "was_wrong": "Xin lỗi, có lẽ tôi hiểu chưa đúng. Tôi đã hiểu câu hỏi là: {understood}. Ý bạn là:",
    "place_missing": "Xưởng ở xã hay phường, tỉnh nào? Cho tôi biết để trả lời chắc hơn.",
    "unreadable": "Tôi chưa đọc được câu hỏi nào trong tin nhắn này; tôi trả lời bằng tiếng Việt, mời bạn hỏi bằng tiếng Việt (Please ask in Vietnamese).",
}

_TAKEN: dict[str, str] = {
    "assumed_measure": "{measure}",
    "assumed_total": "tổng hai nguồn",
    "assumed_nation": "cả nước",
    "assumed_region": "{region}",
    "assumed_period": "{period}",
    "assumed_document": "số {number}",
    "ranked_programme": "{programme}",
    "tabled_programme": "{programme}",
    "relative_year": "“{said}” là {year}",
    "misspelt": "“{typed}” là {region}",
}
"""What was taken for granted, in a few words each, in the order in which it is told."""

_SAID = {
    "needs_check": ("hỏi lại", "cần đối chiếu", "kiểm tra lại", "cần kiểm tra", "Chưa xác định", "chưa chắc"),
    "superseded": ("hết hiệu lực",),
}
"""Words by which a text says itself what a caution would say."""

LEAD_RULES = {
    "misprint": "không có dấu hiệu in nhầm",
    "rank": "của nguồn đáng tin hơn (văn bản, rồi cơ quan nhà nước, rồi báo, rồi trang dẫn lại)",
    "date": "của nguồn công bố sau",
    "order": "đứng trước (cùng hạng, không nguồn nào công bố sau)",
}
"""Why one of several figures leads, by the rule of `finding.conflicts`."""

_SPOKEN = {
    "nam nay": "năm nay", "nam hien tai": "năm hiện tại", "nam hien nay": "năm hiện nay", "nam ngoai": "năm ngoái", "nam roi": "năm rồi",
    "nam vua roi": "năm vừa rồi", "nam vua qua": "năm vừa qua", "nam qua": "năm qua", "nam kia": "năm kia", "hai nam truoc": "hai năm trước",
    "2 nam truoc": "2 năm trước", "nam toi": "năm tới", "nam sau": "năm sau", "sang nam": "sang năm",
}  # fmt: skip
"""Relative years as they are written, by their folded form."""

_NOTICES: dict[str, str] = {
    "start": (
        "Chào bạn! Tôi trả lời câu hỏi về <b>khuyến công</b>: kinh phí theo vùng và năm, chính sách, mức hỗ trợ, hội nghị. "
        "Gõ thường, không dấu hay viết tắt đều được.\n\nThử hỏi:\n• kinh phí khuyến công phía Bắc 2023\n• mua máy 800 triệu được hỗ trợ bao nhiêu\n"
        "• nghị định 45 còn hiệu lực không\n\nMỗi số đều kèm nguồn; chỗ nào nguồn mâu thuẫn tôi sẽ nói. /trogiup để xem thêm."
    ),
    "help": (
        "<b>Hỏi được gì?</b>\n• Số liệu: “kế hoạch KCQG cả nước 2024”, “phía Nam 6 tháng 2019 làm được bao nhiêu”\n"
        "• So sánh: “kế hoạch phía Bắc 2024 so với 2023”\n• Kiểm tra: “KCQG phía Bắc 2023 là 79,9 tỷ đúng không”, hoặc dán cả đoạn bài: từng số được đối chiếu\n"
        "• Chính sách, mức hỗ trợ: “hộ kinh doanh có được không”, “máy 800tr được bao nhiêu”\n• Văn bản: “nd 235/2025”\n• Hội nghị: “hội nghị phía Bắc lần XVIII ở đâu”\n"
        "Hỏi tiếp ngắn gọn cũng được: “còn 2024?”, “thế phía Nam?”.\n\n<b>Lệnh</b>\n/dieu_kien: kiểm tra xưởng có đủ điều kiện không, từng bước\n/theo_doi: báo khi có số liệu, quy định mới; /bo_theo_doi: bỏ\n/quen: quên câu chuyện đang dở\n/riengtu: tôi giữ gì về bạn\n/xoa_du_lieu: xoá dữ liệu của cuộc trò chuyện này\n"
        "Trong nhóm: dùng /hoi kèm câu hỏi, hoặc trả lời tin nhắn của tôi. Ở bất kỳ cuộc trò chuyện nào: gõ @ và tên tôi, rồi câu hỏi."
    ),
    "group_help": "Trong nhóm, hãy gõ /hoi kèm câu hỏi, ví dụ: /hoi kinh phí khuyến công phía Bắc 2023",
    "privacy": (
        "<b>Tôi giữ gì?</b>\n• Ngữ cảnh của cuộc trò chuyện (vùng, năm vừa hỏi) trong 30 phút để hiểu câu hỏi tiếp; các bước /dieu_kien đang dở trong 24 giờ.\n"
        "• Câu hỏi chưa trả lời được, phải hỏi lại hai lần liền hoặc bị bấm 👎, để bổ sung nội dung: không quá một năm, không kèm mã của bạn; số điện thoại, email, tên người được che trước khi ghi. "
        "Lời các câu khác: không quá 3 ngày, cũng được che, để nếu bạn bấm 👎 thì biết là câu nào.\n• Số lượt hỏi theo ngày, loại câu, chủ đề, 👍 👎, không kèm lời câu hỏi: một năm. Câu gõ sau @ ở trò chuyện khác: không ghi; câu trả lời được gửi đi chỉ được đếm, không ghi ai gửi.\n"
        "• Câu mà người quản trị đã chọn làm mẫu câu hỏi, hoặc đánh dấu đã xử lý, ở lại trong kho, không gắn với ai.\n• Mã những số liệu đã cho bạn xem (30 ngày), để lập bảng Excel khi bạn bấm và báo lại nếu số ấy được sửa; điều bạn chọn theo dõi, đến khi bạn bỏ.\n• Mã tin nhắn và các nút đã gửi (90 ngày), để bạn sửa câu hỏi thì câu trả lời được sửa theo, bấm nút cũ vẫn hiểu.\n"
        "• Tin nhắn đang chờ: giữ nguyên đến khi trả lời xong, rồi chỉ còn mã (7 ngày) để không trả lời hai lần; việc đã xin lỗi vì trả lời muộn: 1 giờ.\n"
        "• Nếu bạn là người biên tập: mã tài khoản của bạn đi kèm mỗi thay đổi; thay đổi chưa lưu: 7 ngày.\n"
        "• Bản dự phòng để chạy tiếp khi máy chủ hỏng có cùng dữ liệu, quên chậm hơn không quá 3 ngày. Bản sao lưu và bảng xuất của kho không có gì về người hỏi.\n"
        "Không bán, không chia sẻ. /xoa_du_lieu xoá tất cả dữ liệu của cuộc trò chuyện này."
    ),
    "forgotten": "Đã quên. Bạn hỏi câu mới nhé.",
    "deleted": "Đã xoá dữ liệu của cuộc trò chuyện này.",
    "unknown_command": "Tôi không biết lệnh này. /trogiup để xem các lệnh.",
    "error": "Có lỗi khi trả lời câu này. Bạn thử hỏi lại sau ít phút nhé.",
    "too_long": "Tin nhắn dài quá, tôi chỉ đọc phần đầu. Bạn hỏi gọn hơn giúp tôi nhé.",
    "stale_button": "Nút này đã cũ. Bạn gõ lại câu hỏi giúp tôi nhé.",
    "too_many": "Bạn hỏi nhanh quá, tôi xin tạm dừng. Bạn chờ khoảng nửa phút rồi hỏi tiếp nhé.",
    "old_messages": "Xin lỗi, tôi vừa gián đoạn nên trả lời muộn.",
    "not_text": "Tôi chỉ đọc được chữ. Bạn gõ câu hỏi giúp tôi nhé.",
    "command_hoi": "Hỏi về khuyến công (dùng trong nhóm)",
    "command_trogiup": "Hỏi được gì, các lệnh",
    "command_theo_doi": "Báo khi có số liệu, quy định mới",
    "command_bo_theo_doi": "Xem và bỏ điều đang theo dõi",
    "command_quen": "Quên câu chuyện đang dở",
    "command_riengtu": "Tôi giữ gì về bạn",
    "command_xoa_du_lieu": "Xoá dữ liệu của cuộc trò chuyện này",
    "description": "Trả lời câu hỏi về khuyến công: kinh phí theo vùng và năm, chính sách, mức hỗ trợ, văn bản, hội nghị. Mỗi số kèm nguồn; chỗ nào nguồn mâu thuẫn sẽ nói rõ; chưa có thì nói chưa có.",
    "short_description": "Số liệu, chính sách, mức hỗ trợ khuyến công, kèm nguồn.",
    "empty": "Bạn chưa gõ câu hỏi. Ví dụ: kinh phí khuyến công phía Bắc 2023",
}


def sentence(note: Note, names: Mapping[str, str] | None = None) -> str:
    """The sentence for a note; an unknown code is a programming error and raises KeyError."""
    values = {key: _shown(value) for key, value in note.values.items()}
    if note.code == "no_figure":
        return _no_figure(values)
    if "said" in values and note.code in (
        "unchecked",
        "heard_otherwise",
        "heard_of_other",
        "heard_right",
        "heard_elsewhere",
    ):
        values["said"] = typed_amount(values["said"])
    if "documents" in values:
        values["documents"] = ", ".join(document_name(one) for one in values["documents"].split())
    if values.get("most", "").isdigit():
        values["most"] = money(int(values["most"]))
    if note.code == "no_such_value":
        values["value"] = typed_amount(values.get("value", ""))
    if note.code == "relative_year":
        values["said"] = _SPOKEN.get(values["said"], values["said"])
    if note.code == "sources_differ":
        values["rule"] = LEAD_RULES.get(values.get("rule", ""), "")
    if note.code == "misspelt" and names:
        values["region"] = names.get(values["region"], values["region"])
    if note.code in _TAKEN:
        return _UNDERSTOOD.format(_TAKEN[note.code].format_map(_Blank(values)))
    return _SENTENCES[note.code].format_map(_Blank(values))


_UNDERSTOOD = "Hiểu là: {}."


def taken(note: Note) -> bool:
    """Whether a note tells a slot that was filled though nobody said it, or said it in another way."""
    return note.code in _TAKEN


def understood(found: Iterable[Note], names: Mapping[str, str] | None = None) -> str:
    """Several such notes as one sentence: "Hiểu là: thực hiện, tổng hai nguồn."."""
    order = [*_TAKEN]
    head, _, tail = _UNDERSTOOD.partition("{}")
    said = [sentence(note, names) for note in sorted(found, key=lambda note: order.index(note.code))]
    return head + ", ".join(one.removeprefix(head).removesuffix(tail) for one in said) + tail


def said(note: Note, text: str) -> bool:
    """Whether a text says itself what a caution would say."""
    return any(words in text for words in _SAID.get(note.code, ()))


_FORMS = {"money": lambda value: money(int(value)), "percent": lambda value: percent(float(value))}


def _shown(value: str) -> str:
    """A value as people read it: days, amounts and percents in their Vietnamese form, others as they are."""
    unit, _, bare = value.partition(":")
    return _FORMS[unit](bare) if unit in _FORMS else day(value)


class _Blank(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return ""


def _no_figure(values: dict[str, str]) -> str:
    what = values.get("indicator") or "số liệu"
    what = what[0].lower() + what[1:]
    if values.get("measure") and what == "kinh phí khuyến công":
        what = f"{what} ({values['measure']})"
    parts = [what]
    if values.get("programme"):
        parts.append(f"nguồn {values['programme']}")
    if values.get("region"):
        parts.append(f"của {values['region']}")
    if values.get("period"):
        parts.append(values["period"])
    if values.get("part"):
        parts.append(f"riêng cho “{values['part']}”")
    return f"Tôi chưa có {' '.join(parts)}."


def notice(code: str) -> str:
    """A short fixed text as Telegram HTML. Raises KeyError for an unknown code."""
    return _NOTICES[code]
