"""Send letters so that no address or token reaches a log or a stored traceback."""

from __future__ import annotations

from django.core.mail import EmailMessage


class MailNotSent(OSError):
    """The mail server refused a letter or did not answer.

    The message names the kind of failure alone.
    """


def send(letter: EmailMessage) -> None:
    """Send a letter.

    Raise MailNotSent without the server's words, which repeat the address.
    """
    try:
        letter.send()
    except (OSError, ValueError) as error:
        # SMTPException is an OSError. ValueError: a header or host name that no mail can have.
        raise MailNotSent(type(error).__name__) from None
