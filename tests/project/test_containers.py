"""No container engine is needed: compose reads its file, the linter its own, and the image's content runs."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from config.environment import Environment
from tests.desk.served import copy_program

pytestmark = pytest.mark.slow


ROOT = Path(__file__).resolve().parents[2]
TOOLS = Path(sys.executable).parent


def run(*command, cwd=ROOT, **environment):
    inherited = {
        name: value
        for name, value in os.environ.items()
        if name not in ("MINUTES", "PORT") and not name.startswith(("ARCHIVE_", "DJANGO_"))
    }
    return subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=inherited | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def composed(*files, **environment):
    """Return the services as interpreted by compose."""
    named = [word for file in files for word in ("--file", file)]
    result = run(TOOLS / "docker-compose", *named, "config", "--format", "json", **environment)
    assert result.returncode == 0, result.stderr
    return json.loads(result.stdout)["services"]


def test_the_dockerfile_passes_its_linter():
    result = run(TOOLS / "hadolint", "--failure-threshold", "info", "Dockerfile")

    assert result.returncode == 0, result.stdout


def test_every_image_is_built_from_one_base_by_its_digest():
    bases = {service["build"]["args"]["BASE"] for service in composed().values()}

    assert len(bases) == 1
    assert re.fullmatch(r"python:3\.11-slim-bookworm@sha256:[0-9a-f]{64}", bases.pop())


def test_another_base_can_be_named():
    services = composed(ARCHIVE_BASE_IMAGE="registry.example.org/python:3.11").values()

    assert {service["build"]["args"]["BASE"] for service in services} == {"registry.example.org/python:3.11"}


def test_web_and_worker_wait_for_the_setup():
    services = composed()

    assert set(services) == {"setup", "web", "worker"}
    for name in ("web", "worker"):
        assert services[name]["depends_on"]["setup"]["condition"] == "service_completed_successfully"


def test_all_services_keep_their_data_in_one_volume():
    volumes = {
        (volume["source"], volume["target"])
        for service in composed().values()
        for volume in service["volumes"]
        if volume["type"] == "volume"
    }

    assert volumes == {("archive", "/var/lib/archive")}


@pytest.mark.parametrize(("environment", "port"), [({}, "8000"), ({"PORT": "8001"}, "8001")])
def test_the_archive_is_published_on_this_machine_alone(environment, port):
    (published,) = composed(**environment)["web"]["ports"]

    assert (published["host_ip"], published["published"], published["target"]) == ("127.0.0.1", port, 8000)


def test_the_minutes_given_are_mounted_and_taken_in(tmp_path):
    setup = composed(MINUTES=str(tmp_path))["setup"]

    assert setup["command"][-1] == "/minutes"
    assert {"source": str(tmp_path), "target": "/minutes", "read_only": True}.items() <= setup["volumes"][1].items()


def test_without_minutes_the_setup_is_told_none():
    assert composed()["setup"]["command"][-1] == ""


def test_settings_are_handed_on_to_every_service_and_no_secret_is_kept_in_the_file():
    services = composed(ARCHIVE_ENV="production", ARCHIVE_SECRET_KEY="from outside")

    for service in services.values():
        assert service["environment"]["ARCHIVE_ENV"] == "production"
        assert service["environment"]["ARCHIVE_SECRET_KEY"] == "from outside"
    assert composed()["web"]["environment"]["ARCHIVE_SECRET_KEY"] is None


def test_every_setting_of_the_archive_reaches_the_containers():
    # | `ARCHIVE_EMAIL_URL` | `consolemail://` | the mail server for alerts |
    settings = re.findall(r"^\| `([A-Z_]+)` \|", (ROOT / "docs/operate/configuration.md").read_text(), re.MULTILINE)

    assert settings
    for service in composed(**dict.fromkeys(settings, "1")).values():
        # Where the data lies inside is the image's own affair.
        assert set(settings) - set(service["environment"]) == {"ARCHIVE_VAR_DIR"}


def test_what_the_image_takes_in_is_enough_to_prepare_an_archive(tmp_path):
    image = copy_program(tmp_path / "image")

    result = run(sys.executable, "-m", "config.prepare", "", cwd=image, ARCHIVE_VAR_DIR=str(tmp_path / "var"))

    assert result.returncode == 0, result.stderr
    assert "Ingesting the minutes in samples" in result.stdout


CLUSTER = ("docker-compose.yml", "docker-compose.cluster.yml")
REQUIRED = {
    "ARCHIVE_SECRET_KEY": "from outside",
    "ARCHIVE_ALLOWED_HOSTS": "minutes.example.org",
    "ARCHIVE_DATABASE_PASSWORD": "of-my-own",
    "ARCHIVE_TLS_DIRECTORY": "/etc/ssl/minutes",
}


@pytest.mark.parametrize("missing", REQUIRED)
def test_a_cluster_has_no_default_password_or_name(missing):
    files = [word for file in CLUSTER for word in ("--file", file)]
    others = {name: value for name, value in REQUIRED.items() if name != missing}

    result = run(TOOLS / "docker-compose", *files, "config", **others)

    assert result.returncode != 0
    assert f"required variable {missing} is missing a value: set it to" in result.stderr


def test_a_cluster_is_several_of_each_and_reached_through_the_proxy_alone():
    services = composed(*CLUSTER, **REQUIRED, ARCHIVE_WEB_REPLICAS="3")

    nodes = {f"opensearch-{number}" for number in (1, 2, 3)}
    assert set(services) == {"setup", "web", "worker", "nginx", "postgres", *nodes}
    assert [services[name]["deploy"]["replicas"] for name in ("web", "worker")] == [3, 2]
    assert [name for name, service in services.items() if service.get("ports")] == ["nginx"]
    assert services["web"]["environment"]["ARCHIVE_DATABASE_URL"] == "postgres://archive:of-my-own@postgres/archive"
    assert set(services["setup"]["depends_on"]) == {"postgres", *nodes}


def test_every_container_of_a_cluster_is_confined_limited_and_asked_whether_it_is_well():
    for name, service in composed(*CLUSTER, **REQUIRED).items():
        assert service["read_only"], name
        assert service["cap_drop"] == ["ALL"], name
        assert service["security_opt"] == ["no-new-privileges:true"], name
        assert set(service["deploy"]["resources"]["limits"]) == {"cpus", "memory", "pids"}, name
        # The image asks web, and the heartbeat in the database shows worker and setup.
        assert name in ("setup", "web", "worker") or service["healthcheck"]["test"], name


def test_the_archive_finds_its_servers_in_a_cluster():
    environment = composed(*CLUSTER, **REQUIRED)["web"]["environment"]
    found = Environment({name: str(value) for name, value in environment.items() if value is not None})

    assert found.postgres("ARCHIVE_DATABASE_URL")["HOST"] == "postgres"
    assert found.search_server("ARCHIVE_SEARCH_URL").nodes == tuple(
        f"http://opensearch-{number}:9200" for number in (1, 2, 3)
    )
    assert found.problems == []
