"""What is said when a file cannot be read, or not in this way."""


class UnreadableText(Exception):
    """There is no text to be had from this file. The message, in Chinese, says why and what to do."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason

    def __str__(self) -> str:
        return f"无法读取：{self.reason}"


class MustBeRecognized(Exception):
    """There are pages and no text in this file, only pictures of it."""

    def __init__(self, pages: int) -> None:
        super().__init__(pages)
        self.pages = pages
