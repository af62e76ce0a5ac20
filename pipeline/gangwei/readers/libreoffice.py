"""LibreOffice, where a run asks for it: what no reader takes -> the same content in a format that one takes.

It works in a folder of its own, with a profile of its own that runs no macros and follows no links, in a group of
processes that ends when its time is up, when its work is done, or when the process that called it dies.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, NamedTuple

from gangwei.errors import ReadError, UsageError
from gangwei.readers.source import Source

OPTION: Final = "--libreoffice"


class Converted(NamedTuple):
    """A media type that LibreOffice reads: the name of its filter, and what is made of it."""

    filter: str
    suffix: str
    media_type: str


def installed() -> str:
    """The version of the LibreOffice that is installed; the text read depends on it. None is a wrong call."""
    program = shutil.which(_PROGRAM)
    if program is None:
        raise UsageError(
            f"{OPTION}: no program {_PROGRAM} is found; install LibreOffice (Debian: libreoffice-writer, -calc, -impress)"
        )
    command = [program, "--version"]
    try:
        told = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=_START, check=True)
    except (OSError, subprocess.SubprocessError) as error:
        raise UsageError(f"{OPTION}: {program} does not say its version ({type(error).__name__})") from None
    version = " ".join(told.stdout.decode("utf-8", "replace").split())
    if not version.startswith("LibreOffice"):
        raise UsageError(f"{OPTION}: {program} is no LibreOffice")
    return version[:100]


def check_version(version: str) -> None:
    """Refuse where this machine has not the LibreOffice that the run was begun with; "" is a run without one."""
    if version and (here := installed()) != version:
        raise UsageError(f"{OPTION}: this machine has {here}, the run was begun with {version}: install the same")


def convert(source: Source) -> Source:
    """The source as LibreOffice saves it in a format that has a reader."""
    into = CONVERTED[source.media_type]
    program = shutil.which(_PROGRAM)
    if program is None:
        raise ReadError(f"LibreOffice is gone: no program {_PROGRAM} is found")
    with TemporaryDirectory(prefix="gangwei-", ignore_cleanup_errors=True) as folder:
        place = Path(folder)
        (place / "profile" / "user").mkdir(parents=True)
        (place / "profile" / "user" / "registrymodifications.xcu").write_text(_profile(), encoding="utf-8")
        (place / "document").write_bytes(source.data)
        call = [
            program,
            f"-env:UserInstallation={(place / 'profile').as_uri()}",
            *("--headless", "--norestore", "--nologo", "--nodefault", "--nolockcheck"),
            f"--infilter={into.filter}",
            *("--convert-to", into.suffix, "--outdir", folder, str(place / "document")),
        ]
        why = _run(call, place, source.limits.conversion, source.limits.bytes)
        made = place / f"document.{into.suffix}"
        if why or made.is_symlink() or not made.is_file():
            raise ReadError(why or "LibreOffice cannot read it")
        if made.stat().st_size >= source.limits.bytes:
            raise ReadError(f"LibreOffice makes more than {source.limits.bytes} bytes of it (limit: bytes)")
        return replace(source, data=made.read_bytes(), media_type=into.media_type)


def _run(call: list[str], folder: Path, seconds: int, size: int) -> str:
    """Run the program, and why it did not end well, "" where it did. None of its processes is left."""
    process = subprocess.Popen(
        ["/bin/sh", "-c", _KEEPER, "sh", str(seconds), str(size // 512 + 1), str(folder), *call],
        stdin=subprocess.PIPE,  # the keeper sees by its end that this process is gone
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=folder,
        env=_environment(folder),
        start_new_session=True,
    )
    try:
        status = process.wait(2 * seconds)
    except subprocess.TimeoutExpired:
        status = -signal.SIGXCPU
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        if process.stdin is not None:
            process.stdin.close()
    if status in (-signal.SIGXCPU, 128 + signal.SIGXCPU):
        return f"LibreOffice needs more than {seconds} s for it (limit: conversion)"
    if status in (-signal.SIGXFSZ, 128 + signal.SIGXFSZ):
        return f"LibreOffice makes more than {size} bytes of it (limit: bytes)"
    return f"LibreOffice ended with status {status} on it" if status else ""


def _environment(folder: Path) -> dict[str, str]:
    """Nothing of the person's own: what is read depends on no locale, no time zone and no settings."""
    path, home = os.environ.get("PATH", os.defpath), str(folder)
    proxies = dict.fromkeys(("http_proxy", "https_proxy", "ftp_proxy"), f"http://{_NOWHERE}:{_DISCARD}")
    return {
        "PATH": path,
        "HOME": home,
        "TMPDIR": home,
        "LC_ALL": "C.UTF-8",
        "TZ": "UTC",
        "SAL_USE_VCLPLUGIN": "svp",
    } | proxies


def _profile() -> str:
    """Settings of a user who runs no macros, follows no links, computes nothing anew and reaches no network."""
    items = "".join(
        f'<item oor:path="/org.openoffice.{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, settings in _SETTINGS.items()
        for name, value in settings.items()
    )
    return f'<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry">{items}</oor:items>'


_PROGRAM: Final = "soffice"
_START: Final = 60  # seconds
_NOWHERE: Final = "127.0.0.1"
_DISCARD: Final = 9  # the port on which nobody answers
# Bounds first: no core, so much processor time, files no larger. Then one looks out for the end of its input, which is
# the death of whoever called, and takes all with it, while the other becomes the program.
_KEEPER: Final = (
    "ulimit -c 0; ulimit -S -t $1; ulimit -f $2; folder=$3; shift 3; exec 3<&0; "
    '(read -r word <&3; rm -rf "$folder"; kill -KILL 0) & exec "$@" 3<&- </dev/null'
)
_SETTINGS: Final[Mapping[str, Mapping[str, object]]] = {
    "Office.Common/Security/Scripting": {
        "MacroSecurityLevel": 3,
        "DisableMacrosExecution": "true",
        "DisableActiveContent": "true",
        "BlockUntrustedRefererLinks": "true",
    },
    "Office.Writer/Content/Update": {"Link": 2, "Field": "false", "Chart": "false"},  # 2: never
    "Office.Calc/Content/Update": {"Link": 2},
    "Office.Calc/Formula/Load": {"OOXMLRecalcMode": 1, "ODFRecalcMode": 1},  # 1: never
    "Office.Java/VirtualMachine": {"Enable": "false"},
    "Office.Recovery/RecoveryInfo": {"Enabled": "false"},
    "Inet/Settings": {
        "ooInetProxyType": 1,
        **{f"ooInet{kind}ProxyName": _NOWHERE for kind in ("HTTP", "HTTPS", "FTP")},
        **{f"ooInet{kind}ProxyPort": _DISCARD for kind in ("HTTP", "HTTPS", "FTP")},
    },
}
_OFFICE: Final = "application/vnd.openxmlformats-officedocument."
_DOCX: Final = ("docx", _OFFICE + "wordprocessingml.document")
_XLSX: Final = ("xlsx", _OFFICE + "spreadsheetml.sheet")
_PPTX: Final = ("pptx", _OFFICE + "presentationml.presentation")
# The filter is named: left to itself, LibreOffice takes rubbish for text and makes a document of it.
CONVERTED: Final[Mapping[str, Converted]] = {
    "application/vnd.ms-powerpoint": Converted("MS PowerPoint 97", *_PPTX),
    "application/vnd.oasis.opendocument.text": Converted("writer8", *_DOCX),
    "application/vnd.oasis.opendocument.spreadsheet": Converted("calc8", *_XLSX),
    "application/vnd.oasis.opendocument.presentation": Converted("impress8", *_PPTX),
    "application/vnd.ms-excel.sheet.binary.macroenabled.12": Converted("Calc MS Excel 2007 Binary", *_XLSX),
    "application/msword": Converted("MS Word 97", *_DOCX),
    "application/vnd.ms-excel": Converted("MS Excel 97", *_XLSX),
    _DOCX[1]: Converted("MS Word 2007 XML", *_DOCX),
    _XLSX[1]: Converted("Calc MS Excel 2007 XML", *_XLSX),
    _PPTX[1]: Converted("Impress MS PowerPoint 2007 XML", *_PPTX),
}
