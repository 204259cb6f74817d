"""`python -m coordination.local.old_browser`: the oldest kernel that offices still run (Chromium 83), for tests alone.

It comes out of a pinned npm package into var/chromium83 and is never part of an installation. Without npm there is
none, which is said; the test that uses it is then not collected.
"""

import hashlib
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path
from tempfile import TemporaryDirectory

import brotli

from coordination.local.paths import var

PACKAGE = "chrome-aws-lambda@3.1.1"
SHA256 = "f33e7655eb479c0a916adbc3d35333350f6e852dbff90b65274b471b9548b3c1"
SECONDS = 300


def program() -> Path:
    return var() / "chromium83" / "chromium"


def obtainable() -> bool:
    """Whether it is here, or can be fetched."""
    return program().exists() or shutil.which("npm") is not None


def install() -> Path:
    """The program, fetched and unpacked if it is not here yet; whole or not at all."""
    if not program().exists():
        with TemporaryDirectory(dir=var()) as folder:
            _unpack(_fetch(Path(folder)), Path(folder))
    return program()


def _fetch(folder: Path) -> Path:
    command = ["npm", "pack", PACKAGE, "--silent"]
    done = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True, timeout=SECONDS)
    archive = folder / done.stdout.strip().splitlines()[-1]
    if hashlib.sha256(archive.read_bytes()).hexdigest() != SHA256:
        sys.exit(f"{PACKAGE} is not the file that was pinned; nothing was unpacked.")
    return archive


def _unpack(archive: Path, folder: Path) -> None:
    with tarfile.open(archive) as packed:
        member = packed.extractfile("package/bin/chromium.br")
        unpacked = folder / "chromium"
        unpacked.write_bytes(brotli.decompress(member.read()))
    unpacked.chmod(0o755)
    program().parent.mkdir(exist_ok=True)
    unpacked.replace(program())


def main() -> None:
    if not obtainable():
        print("npm is missing: the smoke test in Chromium 83 is left out.")
        return
    print(f"old kernel: {install()}")


if __name__ == "__main__":
    main()
