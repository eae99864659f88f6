"""Exceptions raised by extraction."""


class UnreadableText(Exception):
    """No text can be extracted; the Chinese message gives the reason and a remedy."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason

    def __str__(self) -> str:
        return f"无法读取：{self.reason}"


class MustBeRecognized(Exception):
    """The pages contain images instead of text, which must be recognized."""

    def __init__(self, pages: int) -> None:
        super().__init__(pages)
        self.pages = pages
