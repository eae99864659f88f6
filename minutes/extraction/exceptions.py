"""Exceptions raised by extraction."""


class UnreadableText(Exception):
    """No text can be extracted. The message, in Chinese, says why and what to do."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason

    def __str__(self) -> str:
        return f"无法读取：{self.reason}"


class MustBeRecognized(Exception):
    """The pages hold pictures instead of text."""

    def __init__(self, pages: int) -> None:
        super().__init__(pages)
        self.pages = pages
