"""What `make run-cluster` says on a machine that lacks something."""

import pytest

from servers import cluster, opensearch, postgres


def test_what_is_missing_is_named_with_the_command_that_installs_it(monkeypatch, tmp_path):
    monkeypatch.setattr(postgres, "PROGRAMS", tmp_path)
    monkeypatch.setattr(opensearch, "java", lambda: None)
    monkeypatch.setattr(opensearch, "ARCHIVE", tmp_path / "opensearch.zip")
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(SystemExit, match=r"sudo apt install postgresql openjdk-17-jre-headless maven$"):
        cluster.refuse_missing_programs()


def test_a_folder_is_served_once(tmp_path):
    with cluster.alone_in(tmp_path), pytest.raises(SystemExit, match="running already"), cluster.alone_in(tmp_path):
        pass
