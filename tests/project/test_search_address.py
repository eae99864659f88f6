"""Test the URLs accepted by ARCHIVE_SEARCH_URL."""

import pytest

from config.search_server import SearchServer, opensearch


@pytest.mark.parametrize(
    ("address", "server"),
    [
        ("opensearch://search", SearchServer(("http://search:9200",))),
        (
            "opensearch://archive:p%40ss%3A1@10.0.0.1:9200,10.0.0.2:9201",
            SearchServer(("http://10.0.0.1:9200", "http://10.0.0.2:9201"), "archive", "p@ss:1"),
        ),
        (
            "opensearchs://search.example.org/minutes-2?ca=/etc/ssl/search.pem",
            SearchServer(("https://search.example.org:9200",), certificates="/etc/ssl/search.pem", name="minutes-2"),
        ),
        ("opensearch://[::1]:9200", SearchServer(("http://[::1]:9200",))),
    ],
)
def test_an_address_names_nodes_account_and_archive(address, server):
    assert opensearch(address) == server


@pytest.mark.parametrize(
    "address",
    [
        "search:9200",
        "http://search:9200",
        "opensearch://",
        "opensearch://one,,two",
        "opensearch://search:port",
        "opensearch://search/Archive",
        "opensearch://search/a/b",
        "opensearch://search?tls=yes",
        "opensearch://search#here",
    ],
)
def test_what_is_no_address_is_refused(address):
    with pytest.raises(ValueError, match=r"^not an? |[Pp]ort"):
        opensearch(address)


def test_a_password_is_not_shown_with_the_rest():
    assert "secret" not in repr(opensearch("opensearch://archive:secret@search"))
