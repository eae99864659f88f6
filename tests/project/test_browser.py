import pytest

pytestmark = pytest.mark.slow


def test_the_browser_shows_the_login_under_the_content_policy_without_complaint(browser, live_server):
    complaints = []
    page = browser.new_page()
    page.on("console", lambda said: complaints.append(said.text) if "Content Security Policy" in said.text else None)

    page.goto(f"{live_server.url}/admin/login/")

    assert page.locator("input[name=password]").is_visible()
    assert complaints == []
    page.close()
