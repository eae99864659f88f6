"""Browser windows of signed-in staff, with violations of the content policy."""

from django.conf import settings
from django.test import Client

REMEMBER_VIOLATIONS = """
window.violations = [];
document.addEventListener("securitypolicyviolation", event => window.violations.push(event.violatedDirective));
"""


def signed_in(browser, url, user, width=1280, **options):
    """Return a browser context signed in as this user; the caller closes it."""
    client = Client()
    client.force_login(user)
    context = browser.new_context(viewport={"width": width, "height": 740}, locale="zh-CN", base_url=url, **options)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": url}])
    context.add_init_script(REMEMBER_VIOLATIONS)
    return context
