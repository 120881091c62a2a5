"""What is said about the running of the bot itself: to those who ask, and to the owners who keep it running."""

from __future__ import annotations

_SENTENCES = {
    # to whoever asked
    "set_aside": "Xin lỗi, tôi hai lần gặp lỗi khi đọc tin nhắn của bạn nên đã bỏ qua tin ấy. Bạn viết lại ngắn gọn hơn giúp tôi nhé.",
    # to the owners
    "owner_set_aside": "⚠️ Tin {number} đã hai lần làm bot dừng, nên tôi bỏ qua và đã xin lỗi người gửi. Nhật ký có dòng ghi lúc bot dừng.",
    "unreadable": "⚠️ Có tin từ Telegram mà bot không đọc được ({count} tin từ lúc khởi động). Tôi bỏ qua các tin ấy, những tin khác vẫn được trả lời. Có thể cần cập nhật chương trình.",
    "polling": "⚠️ Bot không nhận được tin mới: Telegram không trả lời lời gọi nhận tin. Hãy kiểm tra đường mạng của máy chủ.",
    "polling_well": "✅ Bot đã nhận được tin trở lại.",
    "queue": "⚠️ Có tin chờ quá lâu mà chưa được trả lời. Nếu vài phút nữa không thấy tôi báo đã ổn, hãy khởi động lại bot.",
    "queue_well": "✅ Các tin đang chờ đã được trả lời.",
    "calls": "⚠️ Bot có câu trả lời nhưng không gửi được: Telegram không nhận lời gọi nào. Hãy kiểm tra đường mạng của máy chủ.",
    "calls_well": "✅ Bot đã gửi được câu trả lời trở lại.",
    "answers": "⚠️ Bot không trả lời được câu hỏi thử của chính mình. Nhật ký có dòng ghi lỗi; hãy khởi động lại bot.",
    "answers_well": "✅ Bot đã trả lời được câu hỏi thử.",
    "file": "⚠️ Tệp cơ sở dữ liệu {path} đã bị xóa, bị thay hoặc bị cắt ngắn khi bot đang chạy. Bot vẫn trả lời từ bộ nhớ nhưng không lưu gì nữa. Hãy dừng bot, khôi phục rồi chạy lại. {copy}",
    "file_well": "✅ Tệp cơ sở dữ liệu đã ở lại chỗ cũ.",
    "listeners": "⚠️ Bot đang nghe hai nơi cùng lúc: một chương trình khác đang dùng cùng mã bot. Hãy dừng một trong hai, nếu không tin sẽ lúc được lúc mất.",
    "listeners_well": "✅ Bot đã lại là nơi duy nhất nghe tin.",
}


def service_text(code: str, **values: object) -> str:
    """A sentence by its code, its blanks filled. Raises KeyError for a code that there is not."""
    return _SENTENCES[code].format(**values)
