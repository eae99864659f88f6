"""Unpack OpenSearch for the substitute of its image: `python -m tests.containers.unpack FOLDER`.

If it listens to other machines, OpenSearch refuses to start where fewer than 65535 open files are permitted. Where that
limit cannot be raised, the minimum is changed in the program: the few documents of the test need less.
"""

import resource
import sys
import zipfile
from pathlib import Path

from servers.opensearch import ARCHIVE, VERSION

CHECK = "org/opensearch/bootstrap/BootstrapChecks$FileDescriptorCheck.class"
# An integer among the constants of a class: its type, and four bytes.
REQUIRED, LOWERED = b"\x03" + (65535).to_bytes(4), b"\x03" + (4096).to_bytes(4)


def main() -> None:
    folder = Path(sys.argv[1])
    with zipfile.ZipFile(ARCHIVE) as archive:
        archive.extractall(folder)
    program = (folder / f"opensearch-{VERSION}").rename(folder / "opensearch")
    for file in (program / "bin").iterdir():
        file.chmod(0o755)
    if resource.getrlimit(resource.RLIMIT_NOFILE)[1] < 65535:
        lower_required_files(program / f"lib/opensearch-{VERSION}.jar")


def lower_required_files(jar: Path) -> None:
    changed = jar.with_suffix(".changed")
    with zipfile.ZipFile(jar) as before, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            content = before.read(name)
            if name == CHECK:
                assert content.count(REQUIRED) == 1
                content = content.replace(REQUIRED, LOWERED)
            after.writestr(name, content)
    changed.rename(jar)


if __name__ == "__main__":
    main()
