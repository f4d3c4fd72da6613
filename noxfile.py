"""The sessions of this project; `python noxfile.py -s tests` needs nothing but Python.

Run as a script, the file makes an environment of its own in `.nox/boot`, installs
the nox that `constraints.txt` names, and hands over to it. Up to the line
`import nox` it must be readable by an old Python, so that it can say so.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
CONSTRAINTS = ROOT / "constraints.txt"


def bootstrap() -> int:
    """Run nox from an environment of our own, made on the first call."""
    if sys.version_info < (3, 11):  # noqa: UP036 -- the reader may have an older one
        found = ".".join(map(str, sys.version_info[:3]))
        return refuse("missionkit needs Python 3.11 or later; this is " + found + ".")
    boot = ROOT / ".nox" / "boot"
    python = boot / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    ready = boot / "ready"  # written last: a half-made environment has none
    wanted = CONSTRAINTS.read_text(encoding="utf-8")
    if not ready.exists() or ready.read_text(encoding="utf-8") != wanted:
        shutil.rmtree(boot, ignore_errors=True)
        print("Preparing .nox/boot ...", file=sys.stderr, flush=True)  # noqa: T201
        install = [str(python), "-m", "pip", "install", "--quiet"]
        install += ["--disable-pip-version-check", "--constraint", str(CONSTRAINTS)]
        try:
            subprocess.check_call([sys.executable, "-m", "venv", str(boot)])
            subprocess.check_call([*install, "nox[uv]"])
            ready.write_text(wanted, encoding="utf-8")
        except subprocess.CalledProcessError as error:
            made = python.exists() and "pip" in error.cmd
            return refuse(
                "nox could not be installed: see pip's words above."
                if made
                else "This Python cannot make environments with pip in them; "
                "install its venv part (Debian and Ubuntu: python3-venv)."
            )
        finally:
            if not ready.exists():  # also after Ctrl-C
                shutil.rmtree(boot, ignore_errors=True)
    command = [str(python), "-m", "nox", "-f", __file__, *sys.argv[1:]]
    return subprocess.call(command, cwd=str(ROOT))


def refuse(sentence: str) -> int:
    """Say why nothing was run."""
    print(sentence, file=sys.stderr)  # noqa: T201
    return 2


if __name__ == "__main__":
    sys.exit(bootstrap())

import nox  # noqa: E402 -- the bootstrap runs without it

nox.needs_version = ">=2025.10"
nox.options.default_venv_backend = "uv|virtualenv"
nox.options.download_python = "never"
nox.options.reuse_existing_virtualenvs = True
nox.options.error_on_missing_interpreters = False
nox.options.sessions = ["tests", "lint", "types"]
# a company's own certificates are in the system's store, where pip looks as well
os.environ.setdefault("UV_SYSTEM_CERTS", "true")

GROUPS = nox.project.dependency_groups
PROJECT = nox.project.load_toml(ROOT / "pyproject.toml")
BUILD = ROOT / "build"
LIGHT = ".[cli,numpy,sql,testing,yaml]"  # the extras that the tests session can afford
PYTEST = (
    "pytest",
    "--numprocesses=auto",
    "--dist=worksteal",
    "--ignore=tests/oracle",  # these have a session of their own
    "--ignore=tests/fault",
)
PLUGIN = ROOT / "examples" / "plugins" / "missionkit-mcda"
NOTEBOOKS = sorted((ROOT / "examples" / "notebooks").glob("*.ipynb"))


def install(session: nox.Session, *what: str, groups: tuple[str, ...] = ()) -> None:
    """Install the project or parts of it with the pins of constraints.txt."""
    wanted = [*what, *GROUPS(PROJECT, *groups)]
    session.env["UV_BUILD_CONSTRAINT"] = str(CONSTRAINTS)  # hatchling, too
    session.env["PIP_CONSTRAINT"] = str(CONSTRAINTS)
    session.install("--constraint", str(CONSTRAINTS), *wanted)


def others() -> list[str]:
    """Find the interpreters beside the running one, on PATH or kept by pyenv."""
    folders = sorted(Path.home().glob(".pyenv/versions/*/bin"))
    path = os.pathsep.join([os.environ.get("PATH", ""), *map(str, folders)])
    found = []
    for minor in (11, 12, 13):
        name = f"python3.{minor}"
        for folder in path.split(os.pathsep):
            python = shutil.which(name, path=folder) if folder else None
            # a shim may be there for a version that is not
            if python and minor != sys.version_info.minor and answers(python):
                found.append(python)
                break
    return found


def answers(python: str) -> bool:
    """Tell whether an interpreter starts."""
    ended = subprocess.run([python, "-c", ""], check=False, capture_output=True)
    return ended.returncode == 0


@nox.session
def demo(session: nox.Session) -> None:
    """Write the review pack of the sample organization to build/demo."""
    install(session, ".[cli]")
    session.run("missionkit", "demo", "--out", "build/demo", *session.posargs)


@nox.session
def tests(session: nox.Session) -> None:
    """Run the tests on this Python and ask for the coverage that is promised."""
    install(session, "-e", LIGHT, groups=("test",))
    session.env.setdefault("MISSIONKIT_HYPOTHESIS", "ci")
    if session.posargs:
        session.run("pytest", *session.posargs)
        return
    session.run("coverage", "erase")
    session.run("coverage", "run", "-m", *PYTEST, "--durations=10")
    session.run("coverage", "combine", "--quiet")
    session.run("coverage", "report")
    domain = ("--include=src/missionkit/domain/*", "--fail-under=100")
    session.run("coverage", "report", *domain)
    session.run("python", "-m", "tools.reached")


@nox.session(python=others() or False)
def pythons(session: nox.Session) -> None:
    """Run the tests on every other supported Python that this machine has."""
    if not session.python:
        session.skip("no other Python from 3.11 to 3.13 was found")
    install(session, "-e", LIGHT, groups=("test",))
    session.env.setdefault("MISSIONKIT_HYPOTHESIS", "ci")
    session.run(*PYTEST, *session.posargs)


@nox.session
def lint(session: nox.Session) -> None:
    """Check style, format, spelling, and that notebooks carry no outputs."""
    install(session, groups=("lint",))
    session.run("ruff", "check", ".")
    session.run("ruff", "format", "--check", ".")
    session.run("codespell", ".")
    if NOTEBOOKS:
        session.run("nbstripout", "--verify", *map(str, NOTEBOOKS))


@nox.session
def types(session: nox.Session) -> None:
    """Check types, and that every public name has them."""
    install(session, "-e", ".[all]", groups=("types",))
    # what mypy kept from its last run has hidden an error before
    session.run("mypy", "--no-incremental")
    session.env["VIRTUAL_ENV"] = session.virtualenv.location  # pyright looks there
    session.run("pyright", "--verifytypes", "missionkit", "--ignoreexternal")


@nox.session
def docs(session: nox.Session) -> None:
    """Build the docs offline, run the notebooks in them and every code block."""
    install(session, "-e", ".[all]", groups=("docs",))
    session.env["PYDEVD_DISABLE_FILE_VALIDATION"] = "1"  # quiet notebook kernels
    out = BUILD / "docs"
    shutil.rmtree(out, ignore_errors=True)
    strict = ("--fail-on-warning", "--keep-going", "--nitpicky", "--fresh-env")
    session.run("sphinx-build", *strict, "-b", "html", "docs", str(out))
    session.run("pytest", "README.md", "docs", *session.posargs)
    session.log("open %s", out / "index.html")


@nox.session
def package(session: nox.Session) -> None:
    """Build the distributions, check them, and use the wheel in an empty place."""
    install(session, groups=("package",))
    dist = BUILD / "dist"
    shutil.rmtree(dist, ignore_errors=True)
    # without a choice, `build` makes the wheel from the sdist
    session.run("python", "-m", "build", "--no-isolation", "--outdir", str(dist))
    made = [str(path) for path in sorted(dist.iterdir())]
    (wheel,) = (path for path in made if path.endswith(".whl"))
    session.run("twine", "check", "--strict", *made)
    session.run("check-wheel-contents", wheel)

    empty = Path(session.create_tmp()).resolve() / "empty"
    shutil.rmtree(empty, ignore_errors=True)
    session.run("python", "-m", "venv", str(empty / "venv"))
    folder = empty / "venv" / ("Scripts" if os.name == "nt" else "bin")
    pip = (str(folder / "python"), "-m", "pip", "install", "--quiet")
    pinned = (*pip, "--disable-pip-version-check", "--constraint", str(CONSTRAINTS))
    session.run(*pinned, wheel, external=True)
    with session.chdir(empty):
        session.run(str(folder / "python"), "-c", "import missionkit", external=True)
        session.run(*pinned, f"{wheel}[cli]", external=True)
        demo = ("demo", "--out", str(empty / "demo"))
        session.run(str(folder / "missionkit"), *demo, external=True)


@nox.session
def lowest(session: nox.Session) -> None:
    """Run the tests with the oldest dependencies that pyproject.toml allows."""
    wanted = ["-e", LIGHT, *GROUPS(PROJECT, "test")]
    # uv alone can do this; the bootstrap brings it
    session.install("uv", "--constraint", str(CONSTRAINTS))
    oldest = ("uv", "pip", "install", "--resolution=lowest-direct")
    session.run(*oldest, *wanted, env={"VIRTUAL_ENV": session.virtualenv.location})
    session.env.setdefault("MISSIONKIT_HYPOTHESIS", "ci")
    session.run(*PYTEST, *session.posargs)


@nox.session
def generate(session: nox.Session) -> None:
    """Write the generated sources; with `-- --check`, ask that they are current."""
    install(session, "-e", ".[all]", groups=("lint",))
    session.run("python", "-m", "tools.generate", *session.posargs)


@nox.session
def oracle(session: nox.Session) -> None:
    """Compare our results with those of heavy peers."""
    install(session, "-e", ".[all]", groups=("oracle",))
    # its dependencies are of the group: pins hold for them, and missionkit is ours
    session.install("--no-deps", "-e", str(PLUGIN))
    session.env.setdefault("MISSIONKIT_HYPOTHESIS", "ci")
    if session.posargs:
        session.run("pytest", *session.posargs)
        return
    session.run("pytest", "tests/oracle")
    # as whoever makes such a distribution runs them: by its own settings
    session.run("pytest", "--config-file", str(PLUGIN / "pyproject.toml"), str(PLUGIN))


@nox.session
def fault(session: nox.Session) -> None:
    """Kill writers, fail disks, race processes, and look at what is left."""
    install(session, "-e", ".[cli,numpy,postgres,testing,yaml]", groups=("fault",))
    if os.environ.get("CI"):
        session.env["MISSIONKIT_FAULTS"] = "all"
    spread = ("--numprocesses=auto", "--dist=worksteal")
    session.run("pytest", *spread, *(session.posargs or ("tests/fault",)))


@nox.session
def bench(session: nox.Session) -> None:
    """Measure, each figure as a ratio to something measured in the same run."""
    install(session, "-e", ".[all]", groups=("bench",))
    what = session.posargs or ("bench",)
    session.run("pytest", "-p", "no:cacheprovider", "--capture=no", *what)


@nox.session
def calibrate(session: nox.Session) -> None:
    """Count how often detectors alarm, of nothing and of shifts; hours, resumed."""
    install(session, "-e", ".", groups=("calibrate",))
    session.run("python", "-m", "tools.calibrate", *session.posargs)


@nox.session
def pins(session: nox.Session) -> None:
    """Write constraints.txt anew, for every supported Python and platform."""
    install(session, "uv")
    ask = ("uv", "pip", "compile", "--quiet", "--universal", "--python-version=3.11")
    form = ("--no-header", "--no-annotate", "--upgrade", "--all-extras")
    what = ("pyproject.toml", "--group=dev", "--group=bench")
    written = session.run(*ask, *form, *what, silent=True)
    head = "# Made by `python noxfile.py -s pins`; used by every session but lowest.\n"
    CONSTRAINTS.write_text(head + str(written).strip() + "\n", encoding="utf-8")
