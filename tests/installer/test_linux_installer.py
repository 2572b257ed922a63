"""The self-extracting installer, install.sh and what removes the program, with a tiny program in place of the real one."""
from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine import fixity, jobs
from engine.detail import edits
from engine.keyframes import keyframe, proposal
from engine.project import DONE
from engine.recoveries import RECOVERIES
from engine.recoveries.run_folder import RUNS
from tests.installer.linux import Run, files, home_in, tiny_installers, user_in

pytestmark = pytest.mark.skipif(not all(shutil.which(tool) for tool in ("xz", "tar", "sha256sum", "setpriv")), reason="needs Linux, and xz")
OLD, NEW = "1.2", "1.10"


@pytest.fixture(scope="module")
def installers() -> Iterator[dict[str, Path]]:
    """Version -> .run, where a user without rights can read them."""
    base = Path("/var/tmp") / f"answerprint installers {os.getpid()}"
    shutil.rmtree(base, ignore_errors=True)
    found = {}
    for version in (OLD, NEW):
        (base / version).mkdir(parents=True)
        found[version] = tiny_installers(base / version, version)
    yield found
    shutil.rmtree(base)


@pytest.fixture
def home() -> Iterator[Path]:
    made = home_in(Path("/var/tmp"))
    yield made
    shutil.rmtree(made)


@pytest.fixture
def run(home: Path) -> Run:
    return user_in(home)


@pytest.fixture
def installed(run: Run, home: Path, installers: dict[str, Path]) -> Path:
    """The older program in its usual place."""
    done = run("sh", installers[OLD], "--quiet", network=False)
    assert done.returncode == 0 and done.stdout == "", done.stdout
    return home / ".local/opt/answerprint"


def version_of(run: Run, program: Path) -> str:
    return run(program, "--version").stdout.strip()


def test_a_changed_byte_is_told(run: Run, home: Path, installers: dict[str, Path]) -> None:
    assert f"Answerprint {OLD}" in run("sh", installers[OLD], "--check").stdout and files(home) == set()
    damaged = home / "damaged.run"
    shutil.copy(installers[OLD], damaged)
    with damaged.open("r+b") as file:
        file.seek(-200, os.SEEK_END)
        file.write(b"\0" * 16)
    for words in (("--check",), ("--quiet",)):
        told = run("sh", damaged, *words)
        assert told.returncode == 1 and "is damaged; copy it again" in told.stdout and files(home) == {"damaged.run"}


def test_uninstalling_leaves_no_trace(installed: Path, run: Run, home: Path) -> None:
    assert len(files(home)) > 20
    removed = run(installed / "uninstall.sh", "--quiet")
    assert removed.returncode == 0 and removed.stdout == "" and files(home) == set()


def test_folders_that_were_there_stay(run: Run, home: Path, installers: dict[str, Path]) -> None:
    run("mkdir", "-p", home / ".local/share/applications", home / ".local/bin")
    before = files(home)
    run("sh", installers[OLD], "--quiet")
    run("sh", home / ".local/opt/answerprint/uninstall.sh", "--quiet")
    assert files(home) - {".local/share/applications/mimeinfo.cache"} == before


def test_entries_for_menu_path_file_type_and_man_page(installed: Path, run: Run, home: Path) -> None:
    share = home / ".local/share"
    entry = (share / "applications/answerprint.desktop").read_text(encoding="utf-8")
    assert f'Exec="{installed}/answerprint" %f' in entry and "MimeType=application/x-answerprint;" in entry and "@" not in entry
    assert "*.answerprint" in (share / "mime/packages/answerprint.xml").read_text(encoding="utf-8")
    assert (share / "icons/hicolor/256x256/apps/answerprint.png").is_file()
    assert f"Answerprint {OLD}" in (share / "man/man1/answerprint.1").read_text(encoding="utf-8")
    assert version_of(run, home / ".local/bin/answerprint") == f"Answerprint {OLD}"
    if shutil.which("desktop-file-validate"):
        assert run("desktop-file-validate", share / "applications/answerprint.desktop").stdout == ""


def test_an_upgrade_keeps_settings_and_projects(installed: Path, run: Run, home: Path, installers: dict[str, Path]) -> None:
    kept = {home / ".config/answerprint/preferences.json": "{}", home / "Documents/Answerprint/Film/Film.answerprint": "{}"}
    for path, text in kept.items():
        run("mkdir", "-p", path.parent)
        path.write_text(text)
    (installed / "share/of the older version.txt").write_text("old")
    assert run("sh", installers[NEW], "--quiet").returncode == 0
    assert version_of(run, home / ".local/bin/answerprint") == f"Answerprint {NEW}"
    assert not (installed / "share/of the older version.txt").exists() and not list(installed.parent.glob("answerprint.*"))
    run("sh", installed / "uninstall.sh", "--quiet")
    assert {path: path.read_text() for path in kept} == kept and not (home / ".local").exists()


@pytest.mark.parametrize(("answers", "projects", "settings"), [("y\nn\ny\n", True, False), ("y\ny\nn\n", False, True), ("y\n", True, True)])
def test_it_asks_before_projects_and_settings(installed: Path, run: Run, home: Path, answers: str, projects: bool, settings: bool) -> None:
    project, preferences = home / "my films/Film/Film.answerprint", home / ".config/answerprint/preferences.json"
    own = (home / "my films/Film/runs/001/model.pt", home / "my films/Film/done.json")
    films = (home / "my films/Film/scan/film.0001.dpx", home / "my films/film_restored_dpx/film.0001.dpx")
    for path in (project, preferences, *own, *films):
        run("mkdir", "-p", path.parent)
        path.write_text(f'{{"theme": "dark", "projects": "{home}/my films"}}')
    stayed = run("sh", installed / "uninstall.sh", answers="n\n")
    assert "Nothing was removed" in stayed.stdout and (installed / "answerprint").exists()
    asked = run("sh", installed / "uninstall.sh", answers=answers)
    assert "Delete 1 projects in" in asked.stdout and not installed.exists()
    assert "GPU pack" in asked.stdout and "Other versions of Answerprint use them as well" in asked.stdout
    assert (project.exists(), preferences.exists()) == (projects, settings)
    assert all(path.exists() == projects for path in own) and all(path.exists() for path in films)


def test_what_it_deletes_of_a_project_is_all_that_the_program_makes_there() -> None:
    uninstall = (Path(__file__).parents[2] / "installer/linux/share/uninstall.sh").read_text(encoding="utf-8")
    parts = set(uninstall.split('PARTS="')[1].split('"')[0].split())
    made = {step.name for recovery in RECOVERIES.values() for step in recovery.steps}
    made |= {keyframe.FOLDER, proposal.FOLDER, edits.FOLDER, fixity.FOLDER, RUNS, DONE, jobs.LOCK, jobs.STOP, jobs.WORK, jobs.LOG}
    assert parts == made | {"copies", "worker.log"}


def test_two_versions_side_by_side(installed: Path, run: Run, home: Path, installers: dict[str, Path]) -> None:
    other, bin_ = home / "other copy", home / ".local/bin"
    assert run("sh", installers[NEW], "--quiet", "--prefix", other).returncode == 0
    assert version_of(run, bin_ / "answerprint") == f"Answerprint {OLD}"
    assert version_of(run, bin_ / f"answerprint-{NEW}") == f"Answerprint {NEW}"
    assert "Name=Answerprint 1.10\n" in (home / f".local/share/applications/answerprint-{NEW}.desktop").read_text()
    assert run("sh", other / "uninstall.sh", "--quiet").returncode == 0
    assert not other.exists() and not (bin_ / f"answerprint-{NEW}").exists()
    assert version_of(run, bin_ / "answerprint") == f"Answerprint {OLD}"
    assert (home / ".local/share/applications/answerprint.desktop").exists()


def test_entries_that_another_copy_has_taken_over_stay(run: Run, home: Path, installers: dict[str, Path]) -> None:
    for folder in ("one", "two"):
        assert run("sh", installers[NEW], "--quiet", f"--prefix={home / folder}").returncode == 0
    assert run("sh", home / "one/uninstall.sh", "--quiet").returncode == 0
    assert version_of(run, home / f".local/bin/answerprint-{NEW}") == f"Answerprint {NEW}"
    assert (home / f".local/share/applications/answerprint-{NEW}.desktop").exists()


def test_it_does_not_write_over_something_else(run: Run, home: Path, installers: dict[str, Path]) -> None:
    run("mkdir", home / "films")
    (home / "films/scan.dpx").write_bytes(b"the last copy")
    told = run("sh", installers[OLD], "--prefix", home / "films")
    assert told.returncode == 1 and "holds something else" in told.stdout and files(home) == {"films", "films/scan.dpx"}


@pytest.mark.parametrize("place", ["", ".installing", ".before"])
def test_what_others_put_into_the_programs_folder_or_beside_it_is_not_deleted(
        installed: Path, run: Run, installers: dict[str, Path], place: str) -> None:
    stray = Path(f"{installed}{place}") / "settings/preferences.json"
    run("mkdir", "-p", stray.parent)
    stray.write_text("of IT")
    told = run("sh", installers[NEW], "--quiet")
    assert told.returncode == 1 and "is there and holds something else (settings)" in told.stdout and len(told.stdout.splitlines()) == 1
    assert version_of(run, installed / "answerprint") == f"Answerprint {OLD}" and stray.read_text() == "of IT"


def test_uninstalling_leaves_what_others_put_into_the_programs_folder(installed: Path, run: Run, home: Path) -> None:
    run("mkdir", installed / "settings")
    removed = run(installed / "uninstall.sh", "--quiet")
    assert removed.returncode == 0 and f"{installed}: what is not the program's stays there: settings" in removed.stdout
    assert files(home) == {".local", ".local/opt", ".local/opt/answerprint", ".local/opt/answerprint/settings"}


@pytest.mark.parametrize("names", [("_internal",), ("_internal", "answerprint", "share", "LICENSE")])
def test_another_program_of_the_same_making_is_not_taken_for_a_copy(
        run: Run, home: Path, installers: dict[str, Path], names: tuple[str, ...]) -> None:
    for name in names:
        run("mkdir", "-p", home / "other" / name)
    told = run("sh", installers[OLD], "--prefix", home / "other")
    assert told.returncode == 1 and "holds something else" in told.stdout and files(home / "other") == set(names)


@pytest.mark.parametrize("sign", ["&", "|", "\\", "%", "$", '"', "`", "\n"])
def test_a_folder_that_an_entry_in_the_menu_cannot_hold_is_refused(run: Run, home: Path, installers: dict[str, Path], sign: str) -> None:
    told = run("sh", installers[OLD], "--prefix", home / f"one{sign}two")
    assert told.returncode == 1 and "which a menu cannot hold; choose another folder with --prefix" in told.stdout and files(home) == set()


def test_the_folder_may_be_named_by_a_link_or_with_a_slash_at_its_end(run: Run, home: Path, installers: dict[str, Path]) -> None:
    for path in (home / "disk", home / ".local"):
        run("mkdir", path)
    run("ln", "-s", home / "disk", home / ".local/opt")
    run("ln", "-s", home / "disk/answerprint", home / "link")
    for prefix in ("", f"{home}/.local/opt/answerprint/", f"{home}/link", "disk/../disk/answerprint"):
        done = run("sh", installers[OLD], "--quiet", "--prefix", prefix)
        assert done.returncode == 0 and done.stdout == "", done.stdout
        assert {path.name for path in (home / ".local/bin").iterdir()} == {"answerprint"}, "it is the usual place"
        assert {path.name for path in (home / "disk").iterdir()} == {"answerprint"} and (home / "disk/answerprint/entries.txt").exists()
    run("ln", "-s", home / "nowhere", home / "lost")
    told = run("sh", installers[OLD], "--prefix", home / "lost")
    assert told.returncode == 1 and f"{home}/lost: is a link" in told.stdout


@pytest.mark.parametrize("linked", [False, True])
def test_a_command_of_another_program_is_not_written_over(run: Run, home: Path, installers: dict[str, Path], linked: bool) -> None:
    command, other = home / ".local/bin/answerprint", home / "venv/bin/answerprint"
    run("mkdir", "-p", command.parent, other.parent)
    (other if linked else command).write_text("of pip")
    if linked:
        run("ln", "-s", other, command)
    told = run("sh", installers[OLD], "--quiet")
    assert told.returncode == 1 and f"{command}: is there and is not this program's" in told.stdout and len(told.stdout.splitlines()) == 1
    assert command.read_text() == "of pip" and not (home / ".local/opt").exists()
    command.unlink()
    run("ln", "-s", home / "a program that is gone/answerprint", command)
    assert run("sh", installers[OLD], "--quiet").returncode == 0 and version_of(run, command) == f"Answerprint {OLD}"


AS_ROOT = """mount -t tmpfs tmpfs /usr/local; mount -t tmpfs tmpfs /opt; umask 077
$1 --quiet
find /opt /usr/local -mindepth 1 ! -type l '(' ! -perm -a=r -o -type d ! -perm -a=x -o -perm /go=w ')'
setpriv --reuid nobody --regid nogroup --clear-groups /usr/local/bin/answerprint --version
$1 --quiet; /opt/answerprint/uninstall.sh --quiet; find /opt /usr/local -mindepth 1"""


@pytest.mark.parametrize("archive", [False, True])
def test_what_root_installs_is_for_everybody_whatever_new_files_are_for_root(
        installers: dict[str, Path], tmp_path: Path, archive: bool) -> None:
    if os.geteuid() != 0 or subprocess.run(["unshare", "--mount", "mount", "-t", "tmpfs", "tmpfs", "/opt"]).returncode:
        pytest.skip("needs root, and mounts of its own")
    installer = installers[OLD]
    if archive:
        unpacked = ["tar", "--no-same-permissions", "-xf", next(installers[OLD].parent.glob("*.tar.xz")), "-C", tmp_path]
        subprocess.run(unpacked, check=True, umask=0o077)
        installer = tmp_path / f"answerprint-{OLD}/install.sh"
    words = AS_ROOT.replace("$1", f"sh '{installer}'")
    done = subprocess.run(["unshare", "--mount", "sh", "-euc", words], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    assert done.returncode == 0 and done.stdout == f"Answerprint {OLD}\n", done.stdout


def test_a_folder_without_permission_is_told(run: Run, installers: dict[str, Path]) -> None:
    if os.geteuid() != 0:
        pytest.skip("root owns everything here")
    told = run("sh", installers[OLD], "--prefix", "/usr/lib/answerprint of a test")
    assert told.returncode == 1 and "/usr/lib: cannot be written to; choose another folder with --prefix" in told.stdout


def test_a_program_at_work_is_neither_replaced_nor_removed(installed: Path, run: Run, home: Path, installers: dict[str, Path]) -> None:
    worker = installed / "answerprint-worker"
    shutil.copy("/bin/sleep", worker)
    run("ln", "-s", installed.parent, home / "link")
    told = run("sh", "-c", f"""'{worker}' 60 & until [ "$(readlink /proc/$!/exe)" = '{worker}' ]; do :; done
        for script in '{installers[NEW]}' '{installed}/uninstall.sh'; do sh "$script" --quiet || echo "ended with $?"; done
        sh '{installers[NEW]}' --prefix link/answerprint || echo "ended with $?"; kill $!""")
    assert told.stdout.count("is at work; close it") == told.stdout.count("ended with 1") == 3, told.stdout
    assert version_of(run, installed / "answerprint") == f"Answerprint {OLD}"
    assert run("sh", installers[NEW], "--quiet").returncode == 0


def test_a_full_disk_is_told_and_nothing_is_left(run: Run, home: Path, installers: dict[str, Path]) -> None:
    run("mkdir", home / "bin")
    (home / "bin/df").write_text("#!/bin/sh\nprintf 'x\\nx 9 9 3 x\\n'\n")
    (home / "bin/df").chmod(0o755)
    told = run("sh", installers[OLD], PATH=f"{home}/bin:/usr/bin:/bin")
    assert told.returncode == 1 and "MB are free; free some" in told.stdout and len(told.stdout.splitlines()) == 1
    assert files(home) == {"bin", "bin/df"}


def test_a_disk_that_fills_while_it_is_unpacked(run: Run, home: Path, installers: dict[str, Path]) -> None:
    told = run("sh", "-c", f"ulimit -f 8; exec sh '{installers[OLD]}' --quiet")
    assert told.returncode == 1 and "could not be unpacked" in told.stdout and files(home) == set()


def test_killed_while_it_unpacks_the_old_program_stays(installed: Path, run: Run, installers: dict[str, Path], home: Path) -> None:
    run("mkdir", home / "bin")
    (home / "bin/tar").write_text(f"#!/bin/sh\ncat >/dev/null\ntouch '{home}/unpacking'\nexec sleep 60\n")
    (home / "bin/tar").chmod(0o755)
    command = ["env", "-i", f"HOME={home}", f"PATH={home}/bin:/usr/bin:/bin", "sh", installers[NEW], "--quiet", "--prefix", installed]
    with subprocess.Popen(command, start_new_session=True) as process:
        deadline = time.monotonic() + 60
        while not (home / "unpacking").exists():
            assert time.monotonic() < deadline and process.poll() is None
            time.sleep(0.02)
        os.killpg(process.pid, 9)
    assert version_of(run, installed / "answerprint") == f"Answerprint {OLD}"
    shutil.rmtree(installed.with_name("answerprint.installing"))        # of root's, where tests are root's
    assert run("sh", installers[NEW], "--quiet").returncode == 0 and version_of(run, installed / "answerprint") == f"Answerprint {NEW}"


@pytest.mark.parametrize(("program", "says", "told"), [
    ("getconf", "glibc 2.5", "the C library here is 2.5 and 2.17 is needed"), ("getconf", "", "no GNU C library"),
    ("uname", "aarch64", "is for Linux on x86_64")])
def test_another_system_is_told_in_one_line(run: Run, home: Path, installers: dict[str, Path], program: str, says: str, told: str) -> None:
    run("mkdir", home / "bin")
    (home / "bin" / program).write_text(f"#!/bin/sh\necho {says}\n")
    (home / "bin" / program).chmod(0o755)
    refused = run("sh", installers[OLD], PATH=f"{home}/bin:/usr/bin:/bin")
    assert refused.returncode == 1 and told in refused.stdout and len(refused.stdout.splitlines()) == 1, refused.stdout


def test_without_xz_it_says_what_to_install(run: Run, home: Path, installers: dict[str, Path]) -> None:
    run("mkdir", home / "bin")
    for tool in ("sh", "tar", "sha256sum", "uname", "id", "cut", "head", "sort", "getconf", "printf", "basename", "tail", "echo"):
        if found := shutil.which(tool):
            (home / "bin" / tool).symlink_to(found)
    refused = run("sh", installers[OLD], PATH=f"{home}/bin")
    assert refused.returncode == 1 and "'xz' is missing here; install it (package xz-utils)" in refused.stdout


def test_the_archive_with_install_sh(run: Run, home: Path, installers: dict[str, Path]) -> None:
    run("tar", "-xf", next(installers[NEW].parent.glob("*.tar.xz")))
    checked = run("sh", home / f"answerprint-{NEW}" / "install.sh", "--check")
    assert checked.returncode == 1 and "--check is for the .run file; check the archive with SHA256SUMS" in checked.stdout
    done = run("sh", home / f"answerprint-{NEW}" / "install.sh", "--quiet", "--prefix", "here")
    assert done.returncode == 0 and done.stdout == "", done.stdout
    assert version_of(run, home / "here/answerprint") == f"Answerprint {NEW}" and not (home / "here/install.sh").exists()


def test_words_that_are_not_known(run: Run, home: Path, installers: dict[str, Path]) -> None:
    for words in (("--silent",), ("--prefix",)):
        assert run("sh", installers[OLD], *words).returncode == 1
    assert "--quiet" in run("sh", installers[OLD], "--help").stdout and files(home) == set()


def test_a_program_that_is_just_ending_is_waited_for(installed: Path, run: Run) -> None:
    worker = installed / "answerprint-worker"
    shutil.copy("/bin/sleep", worker)
    told = run("sh", "-c", f"""'{worker}' 2 & until [ "$(readlink /proc/$!/exe)" = '{worker}' ]; do :; done
        sh '{installed}/uninstall.sh' --quiet""")
    assert told.returncode == 0 and not installed.exists(), told.stdout
