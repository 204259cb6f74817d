"""Prepares a bare machine: Python's version, disk, system libraries, .venv, pinned packages. Quick when all is there.

Run by the system's Python before anything is installed (`python3 coordination/local/install.py [dev]`), so it stands
alone on the standard library.
"""

import ctypes
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
OLDEST, NEWEST = (3, 11), (3, 13)
FREE_MIB = 1500
# What to look for → the Debian package that holds it. Without the last library a letter takes 8.7 s instead of 0.15 s.
LIBRARIES = {
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
}
PROGRAMS = {"chromium": "chromium", "pdftoppm": "poppler-utils"}
PINNED = {"base": "requirements.txt", "dev": "requirements-dev.txt"}
EMBEDDED = "requirements-embedded.txt"


def main(arguments: list) -> None:
    kind = "dev" if arguments == ["dev"] else "base"
    check_python(sys.version_info[:2])
    install_system(missing(LIBRARIES, PROGRAMS if kind == "dev" else {}))
    if not installed(kind):
        check_disk(shutil.disk_usage(str(ROOT)).free)
        make_environment()
        install_packages(kind)


def check_python(version: tuple) -> None:
    if not OLDEST <= version <= NEWEST:
        found = "{}.{}".format(*version)
        sys.exit(f"Python 3.11, 3.12 or 3.13 is needed, this is {found}. Type: make run PYTHON=/path/to/python3.11")


def check_disk(free: int) -> None:
    if free < FREE_MIB << 20:
        sys.exit(f"The disk is too full: {free >> 20} MiB free in {ROOT}, {FREE_MIB} MiB are needed. Make room first.")


def missing(libraries: dict, programs: dict) -> list:
    """The Debian packages of what this machine does not have."""
    absent = [package for library, package in libraries.items() if not loads(library)]
    return absent + [package for program, package in programs.items() if not shutil.which(program)]


def loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def install_system(packages: list) -> None:
    """Installs where apt and root are there, else names the command to type."""
    if not packages:
        return
    command = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        sys.exit(f"System packages are missing: {' '.join(packages)}.\nType: sudo {' '.join(command)}")
    print(f"Installing {' '.join(packages)} …", flush=True)
    quiet = {"env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}, "stdout": subprocess.DEVNULL}
    # A machine that has just started may be upgrading itself: five minutes are waited for its lock.
    patient = [*command, "-o", "DPkg::Lock::Timeout=300"]
    if subprocess.run(patient, check=False, stderr=subprocess.DEVNULL, **quiet).returncode:
        subprocess.run(["apt-get", "update"], check=False, **quiet)
        if subprocess.run(patient, check=False, **quiet).returncode:
            sys.exit(f"The system packages could not be installed. Look at what this says: {' '.join(command)}")


def stamp(kind: str) -> str:
    files = [PINNED["base"], PINNED[kind], EMBEDDED]
    return hashlib.sha256(b"".join((ROOT / name).read_bytes() for name in files)).hexdigest()


def installed(kind: str) -> bool:
    """True when .venv holds these very pins; what holds the tests' packages holds the product's."""
    stamps = [VENV / f".installed-{other}" for other in {kind, "dev"}]
    wanted = {stamp(kind), stamp("dev")}
    return usable() and any(path.exists() and path.read_text() in wanted for path in stamps)


def usable() -> bool:
    """A .venv that was copied, or whose Python has gone, does not start."""
    python = VENV / "bin" / "python"
    return python.exists() and not subprocess.run([str(python), "-c", "import pip"], check=False).returncode


def make_environment() -> None:
    if usable():
        return
    print(f"Making {VENV.name} with Python {sys.version.split()[0]} …", flush=True)
    arguments = [sys.executable, "-m", "venv", "--clear", str(VENV)]
    if subprocess.run(arguments, check=False, stdout=subprocess.DEVNULL).returncode:
        install_system(["python3-venv"])  # Debian keeps ensurepip in a package of its own
        subprocess.run(arguments, check=True)


def install_packages(kind: str) -> None:
    print("Installing the pinned packages …", flush=True)
    pip = [str(VENV / "bin" / "python"), "-m", "pip", "install", "-qq", "--disable-pip-version-check"]
    for extra in (["-r", PINNED[kind]], ["--require-hashes", "--no-deps", "-r", EMBEDDED]):
        if subprocess.run([*pip, *extra], check=False, cwd=str(ROOT)).returncode:
            sys.exit(f"pip could not install {extra[-1]}: see above. A proxy or mirror is set with PIP_INDEX_URL.")
    (VENV / f".installed-{kind}").write_text(stamp(kind))


if __name__ == "__main__":
    main(sys.argv[1:])
