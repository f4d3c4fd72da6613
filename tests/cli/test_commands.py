import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from missionkit.cli import main
from missionkit.codec.document import dumps
from missionkit.domain.draft import draft
from missionkit.domain.model import Model
from missionkit.formats.load import load
from missionkit.samples import sample

ESCAPE = "\x1b"
Done = subprocess.CompletedProcess[str]
Call = Callable[..., Done]


def run(*arguments: str, env: dict[str, str] | None = None, data: bytes = b"") -> Done:
    done = subprocess.run(
        [sys.executable, "-m", "missionkit", *arguments],
        check=False,
        capture_output=True,
        env={**os.environ, **(env or {})},
        input=data,
        timeout=60,
    )
    out, error = (text.decode(errors="replace") for text in (done.stdout, done.stderr))
    assert "Traceback" not in out + error
    assert ESCAPE not in out
    return Done(done.args, done.returncode, out, error)


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]) -> Call:
    """Give a function that runs the command in this process."""

    def called(*arguments: str) -> Done:
        status = main(arguments)
        out, error = capsys.readouterr()
        assert "Traceback" not in out + error
        assert ESCAPE not in out + error
        return Done(arguments, status, out, error)

    return called


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture(scope="module")
def harbour(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("harbour") / "harbour.json"
    path.write_text(dumps(sample()), encoding="utf-8")
    return path


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    path = tmp_path / "sound.json"
    path.write_text(dumps(Model()), encoding="utf-8")
    return path


def test_demo_ends_with_the_path_of_the_pack_and_ten_lines(tmp_path: Path) -> None:
    done = run("demo", "--out", str(tmp_path / "demo"))
    path, *summary = done.stdout.splitlines()

    assert (done.returncode, done.stderr) == (0, "")
    assert path == str(tmp_path / "demo" / "index.html")
    assert len(summary) == 10
    assert "Harbour Housing Trust" in Path(path).read_text(encoding="utf-8")


def test_review_makes_a_pack_whatever_it_finds(
    call: Call, harbour: Path, tmp_path: Path
) -> None:
    done = call("review", str(harbour), "--out", str(tmp_path), "--on", "2026-11-02")

    assert done.returncode == 0
    assert names(tmp_path) == ["index.html", "issues.json", "pack.md"]
    told = json.loads((tmp_path / "issues.json").read_text(encoding="utf-8"))
    assert told["on"] == "2026-11-02"
    assert told["imported"]["source"] == "harbour.json"


def test_review_reads_the_standard_input_and_today_is_the_day(tmp_path: Path) -> None:
    done = run("review", "-", "--out", str(tmp_path), data=dumps(sample()).encode())

    assert done.returncode == 0
    assert "Source: standard input" in done.stdout
    told = json.loads((tmp_path / "issues.json").read_text(encoding="utf-8"))
    assert told["on"] >= "2026-01-01"


def test_people_are_named_where_they_are_asked_for(
    call: Call, harbour: Path, tmp_path: Path
) -> None:
    call("review", str(harbour), "--out", str(tmp_path / "no"))
    call("review", str(harbour), "--out", str(tmp_path / "yes"), "--people")
    pages = [
        (tmp_path / name / "index.html").read_text(encoding="utf-8")
        for name in ("no", "yes")
    ]

    assert ["People are not named" in page for page in pages] == [True, False]


def test_check_prints_findings_and_ends_with_1(call: Call, harbour: Path) -> None:
    done = call("check", str(harbour), "--on", "2026-11-02")

    assert done.returncode == 1
    assert "MK-TRC-004 error" in done.stdout


def test_check_of_a_model_without_errors_ends_with_0(call: Call, sound: Path) -> None:
    done = call("check", str(sound))

    assert done.returncode == 0
    assert "judged on 2" in done.stdout


def test_warnings_alone_end_with_0_unless_they_are_taken_strictly(
    call: Call, tmp_path: Path
) -> None:
    with draft("Trust") as d:
        d.stakeholder("Tenants", id="tenants")
    plan = tmp_path / "plan.json"
    plan.write_text(dumps(d.model), encoding="utf-8")

    lax, strict = call("check", str(plan)), call("check", str(plan), "--strict")
    assert " warning" in lax.stdout
    assert " error:" not in lax.stdout
    assert (lax.returncode, strict.returncode) == (0, 1)
    assert lax.stdout == strict.stdout
    plan.write_text(dumps(Model()), encoding="utf-8")
    assert call("check", str(plan), "--strict").returncode == 0


def test_check_prints_what_was_mended_first(call: Call, sound: Path) -> None:
    sound.write_text('{"schema": "missionkit/1", "bets": []}', encoding="utf-8")

    refused = call("check", str(sound))
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "no array 'bets'" in refused.stderr
    lenient = call("check", str(sound), "--lenient")
    assert lenient.returncode == 0
    assert lenient.stdout.startswith("MK-DOC-")


def test_why_tells_the_way_up(call: Call, harbour: Path) -> None:
    done = call("why", str(harbour), "repairs")

    assert done.returncode == 0
    assert done.stdout.startswith("Why is ")


def test_why_of_an_id_that_is_not_there_offers_the_nearest(
    call: Call, harbour: Path
) -> None:
    done = call("why", str(harbour), "repars")

    assert (done.returncode, done.stdout) == (2, "")
    assert "did you mean 'repairs'" in done.stderr


def test_convert_writes_another_form_and_tells_what_is_lost(
    harbour: Path, tmp_path: Path
) -> None:
    plan, picture = tmp_path / "a.json", tmp_path / "a.mmd"

    first = run("convert", str(harbour), str(plan))
    second = run("convert", "-", str(picture), data=harbour.read_bytes())

    assert (first.returncode, second.returncode) == (0, 0)
    assert load(plan).model == sample()
    assert first.stdout == f"{plan}: 0 remarks, 0 losses\n"
    assert "lost: (all elements)" in second.stdout
    assert picture.read_text(encoding="utf-8")


def test_schema_is_a_json_document(call: Call) -> None:
    done = call("schema")

    assert done.returncode == 0
    assert json.loads(done.stdout)["$schema"].endswith("2020-12/schema")


def test_explain_tells_why_and_what_to_do(call: Call) -> None:
    known, unknown = call("explain", "MK-TRC-001"), call("explain", "MK-TRC-01")

    assert known.returncode == 0
    assert "only an objective can keep it" in known.stdout
    assert unknown.returncode == 2
    assert "did you mean" in unknown.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ["bogus"],
        ["check"],
        ["review", "plan.json"],
        ["check", "plan.json", "--on", "2026-13-01"],
        ["check", "plan.json", "--colour"],
        ["check", "no such file.json"],
        ["check", "."],
        ["check", ""],
        ["demo", "--out", ""],
        ["review", ".", "--out="],
        ["convert", "plan.json", ""],
        ["check", "a\x1b[2Jb.json"],
        ["explain", "\x1b]0;owned\x07"],
    ],
    ids=range(13),
)
def test_wrong_use_and_wrong_input_end_with_2_and_a_line(
    call: Call, arguments: Sequence[str]
) -> None:
    done = call(*arguments)

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.strip()
    assert ESCAPE not in done.stderr


def test_what_cannot_be_written_ends_with_3(
    call: Call, sound: Path, tmp_path: Path
) -> None:
    done = call("review", str(sound), "--out", str(sound / "below"))

    assert (done.returncode, done.stdout) == (3, "")
    assert "cannot be written" in done.stderr
    assert names(tmp_path) == ["sound.json"]


def test_help_and_version_end_with_0() -> None:
    done = run("--help")

    assert done.returncode == 0
    for name in ("check", "convert", "demo", "explain", "review", "schema", "why"):
        assert name in done.stdout
    assert run("--version").returncode == 0


@pytest.mark.parametrize("columns", ["0", "1", "-3", "x", "99999999"])
def test_help_ends_however_wide_the_terminal_says_it_is(
    call: Call, columns: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", columns)

    for arguments in (["--help"], ["check", "--help"]):
        done = call(*arguments)
        assert done.returncode == 0
        assert "Usage: missionkit" in done.stdout


def test_names_are_never_taken_for_markup_of_the_terminal(
    call: Call, tmp_path: Path
) -> None:
    with draft("Trust") as d:
        holder = d.stakeholder("Tenants [red]bold[/red]")
        d.need("A home", id="home", stakeholder=holder)
    path = tmp_path / "trust.json"
    path.write_text(dumps(d.model), encoding="utf-8")

    assert "[red]bold[/red]" in call("why", str(path), "home").stdout


@pytest.mark.parametrize(
    "env",
    [
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"PYTHONIOENCODING": "ascii:strict"},
        {"PYTHONIOENCODING": "latin-1"},
    ],
    ids=["C", "ascii", "latin-1"],
)
def test_a_terminal_that_lacks_letters_gets_escapes(
    harbour: Path, env: dict[str, str]
) -> None:
    done = run("why", str(harbour), "repairs", env=env)

    assert done.returncode == 0
    assert "\\u2192" in done.stdout


posix = pytest.mark.skipif(os.name != "posix", reason="a POSIX shell")


def shell(script: str) -> Done:
    command = f'mk() {{ "{sys.executable}" -m missionkit "$@"; }}; {script}'
    done = subprocess.run(
        ["/bin/bash", "-c", command], check=False, capture_output=True, text=True
    )
    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr
    return done


@posix
def test_a_reader_who_leaves_early_is_no_failure() -> None:
    done = shell('mk schema | head -c 10; echo " ${PIPESTATUS[0]}"')

    assert done.stdout.endswith(" 141\n")
    assert done.stderr == ""


@posix
@pytest.mark.parametrize("closed", ["2>&-", "<&-"])
def test_streams_that_are_not_needed_may_be_closed(closed: str, sound: Path) -> None:
    assert shell(f"mk check '{sound}' {closed}").returncode == 0
    assert shell(f"mk check nowhere.json {closed}").returncode == 2


@posix
def test_where_nothing_can_be_printed_the_status_is_3(sound: Path) -> None:
    done = shell(f"mk check '{sound}' >&-")

    assert done.returncode == 3
    assert "the output cannot be written: the standard output is closed" in done.stderr
    assert shell("mk schema >&- 2>&-").returncode == 3
    assert shell("mk check --help >&-").returncode == 3
    assert shell("mk check nowhere.json >&-").returncode == 2


@posix
def test_named_pipes_are_refused_and_pipes_of_the_shell_are_read(
    sound: Path, tmp_path: Path
) -> None:
    os.mkfifo(tmp_path / "pipe")
    refused = shell(f"mk check '{tmp_path}/pipe'")

    assert refused.returncode == 2
    assert "is a named pipe" in refused.stderr
    assert shell(f"mk check <(cat '{sound}')").returncode == 0


@posix
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full")
def test_a_full_disk_behind_the_output_ends_with_3() -> None:
    done = shell("mk schema > /dev/full")

    assert done.returncode == 3
    assert "the output cannot be written: No space left" in done.stderr
    assert shell("mk nonsense 2> /dev/full").returncode == 2


@posix
def test_a_file_size_limit_leaves_no_half_pack(tmp_path: Path) -> None:
    # Whoever counts covered lines would write them to a file, and fail as well.
    counting = "unset COVERAGE_PROCESS_START COVERAGE_PROCESS_CONFIG"
    done = shell(f"{counting}; ulimit -f 20; mk demo --out '{tmp_path}/demo'")

    assert done.returncode == 3
    assert "cannot be written: File too large" in done.stderr
    assert names(tmp_path / "demo") == []


@posix
def test_a_stop_by_the_user_ends_with_130() -> None:
    # What runs in the background of a shell does not hear the signal unless it asks.
    code = (
        "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "from missionkit.cli import main; raise SystemExit(main(['check', '-']))"
    )
    running = subprocess.Popen(
        [sys.executable, "-c", code],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert running.stdin is not None
    running.stdin.write(" " * 2**20)  # more than a pipe holds: it is being read
    running.stdin.flush()
    running.send_signal(signal.SIGINT)
    out, error = running.communicate(timeout=30)

    assert (running.returncode, out, error) == (130, "", "stopped\n")


def test_every_hostile_document_is_refused_with_a_code_or_checked(
    data_dir: Path,
) -> None:
    files = sorted((data_dir / "hostile").glob("*ml/*")) + sorted(
        (data_dir / "hostile" / "json").glob("*")
    )
    assert len(files) > 100
    for file in files:
        assert main(["check", str(file)]) in {0, 1, 2}


def test_every_real_plan_is_reviewed(data_dir: Path, tmp_path: Path) -> None:
    for file in sorted((data_dir / "stratml").glob("*/*.xml*")):
        assert main(["review", str(file), "--out", str(tmp_path / "out")]) == 0, file
