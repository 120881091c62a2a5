"""Vietnamese questions about khuyến công → answers. Pure Python: knows neither Telegram nor SQL."""
