"""Chromium, told what to do over its DevTools protocol: nothing but a WebSocket between, no driver to install."""

from __future__ import annotations

import base64
import json
import shutil
import subprocess
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Self

import pytest
from websockets.sync.client import connect

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
browser = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not here: apt-get install chromium fonts-noto-cjk")


class Chromium:
    """One page in a headless browser with a profile of its own."""

    def __init__(self, folder: Path, *, width: int = 1280, height: int = 900, language: str = "zh-CN") -> None:
        self._folder = folder
        call = [
            str(CHROMIUM),
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--remote-debugging-port=0",
            "--disable-dev-shm-usage",
        ]
        call += [f"--user-data-dir={folder}", f"--lang={language}", f"--accept-lang={language}"]
        call += [f"--window-size={width},{height}", "--no-first-run", "--disable-background-networking", "about:blank"]
        self._process = subprocess.Popen(call, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self._opened = ExitStack()
        self._number = 0
        self.events: list[dict[str, Any]] = []

    def __enter__(self) -> Self:
        port = self._folder / "DevToolsActivePort"
        wait(lambda: port.exists() and len(port.read_text().splitlines()) == 2)
        number, path = port.read_text().split()
        address = f"ws://127.0.0.1:{number}{path}"
        self._socket = self._opened.enter_context(connect(address, max_size=None, proxy=None))
        self._session = ""
        [target] = [t for t in self.call("Target.getTargets")["targetInfos"] if t["type"] == "page"][:1]
        self._session = self.call("Target.attachToTarget", targetId=target["targetId"], flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Network", "Log", "DOM"):
            self.call(f"{domain}.enable")
        return self

    def __exit__(self, *_: object) -> None:
        self._opened.close()
        self._process.kill()
        self._process.wait()

    def call(self, method: str, **params: object) -> Any:
        """What the browser answers to a command; events that come meanwhile are kept."""
        self._number += 1
        message = {"id": self._number, "method": method, "params": params}
        self._socket.send(json.dumps(message | ({"sessionId": self._session} if self._session else {})))
        while True:
            found = json.loads(self._socket.recv(timeout=60))
            if found.get("id") != self._number:
                self.events.append(found)
            elif "error" in found:
                raise AssertionError(f"{method}: {found['error']}")
            else:
                return found["result"]

    def go(self, address: str) -> None:
        """Open a page and wait until it has drawn itself."""
        self.call("Page.navigate", url=address)
        self.wait("document.readyState === 'complete' && !!document.documentElement.dataset.ready")

    def run(self, script: str) -> Any:
        """The value of an expression in the page; promises are awaited."""
        done = self.call("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True, userGesture=True)
        assert "exceptionDetails" not in done, done["exceptionDetails"]
        return done["result"].get("value")

    def wait(self, script: str, seconds: float = 30) -> None:
        """Wait until an expression is true."""
        wait(lambda: self.run(f"!!({script})"), seconds, script)

    def text(self, selector: str) -> str:
        """What is seen in an element."""
        return str(self.run(f"document.querySelector({json.dumps(selector)})?.innerText ?? ''"))

    def click(self, selector: str) -> None:
        """Press the left button over the middle of an element."""
        place = self.run(
            f"(() => {{ const e = document.querySelector({json.dumps(selector)}); e.scrollIntoView({{block: 'center'}}); "
            "const r = e.getClientRects()[0]; return [r.x + r.width / 2, r.y + r.height / 2]; })()"
        )
        for kind in ("mousePressed", "mouseReleased"):
            self.call("Input.dispatchMouseEvent", type=kind, x=place[0], y=place[1], button="left", clickCount=1)

    def key(self, name: str, modifiers: int = 0, text: str = "") -> None:
        """Press a key; modifiers: 1 Alt, 2 Ctrl, 8 Shift."""
        codes = {
            "Enter": 13,
            "Tab": 9,
            "Escape": 27,
            "ArrowDown": 40,
            "ArrowUp": 38,
            "ArrowRight": 39,
            "Delete": 46,
            "End": 35,
        }
        code = codes.get(name, ord(name[0].upper()))
        typed = "\r" if name == "Enter" else text
        shared = {"key": name, "code": name, "windowsVirtualKeyCode": code, "modifiers": modifiers}
        self.call(
            "Input.dispatchKeyEvent",
            type="keyDown" if typed else "rawKeyDown",
            **shared,
            **({"text": typed} if typed else {}),
        )
        self.call("Input.dispatchKeyEvent", type="keyUp", **shared)

    def type(self, text: str) -> None:
        """Enter text where the caret is."""
        self.call("Input.insertText", text=text)

    def choose_files(self, selector: str, *paths: Path) -> None:
        """Put files, or a folder, into a file chooser."""
        root = self.call("DOM.getDocument")["root"]["nodeId"]
        node = self.call("DOM.querySelector", nodeId=root, selector=selector)["nodeId"]
        self.call("DOM.setFileInputFiles", files=[str(path) for path in paths], nodeId=node)

    def size(self, width: int, height: int) -> None:
        """Make the window so large."""
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)

    def dark(self, is_dark: bool) -> None:
        """Prefer dark or light."""
        value = "dark" if is_dark else "light"
        self.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": value}])

    def picture(self, path: Path) -> bytes:
        """What is seen, as PNG, also written to a file."""
        picture = base64.b64decode(self.call("Page.captureScreenshot", format="png")["data"])
        path.write_bytes(picture)
        return picture

    def complaints(self) -> list[str]:
        """What the page's console said: errors, breaches of the policy, failed requests."""
        self.run("1")
        said = []
        for event in self.events:
            if event["method"] == "Log.entryAdded" and event["params"]["entry"]["level"] in ("error", "warning"):
                said.append(event["params"]["entry"]["text"])
            if event["method"] == "Runtime.exceptionThrown":
                said.append(json.dumps(event["params"]["exceptionDetails"], ensure_ascii=False))
        return said

    def requested(self) -> set[str]:
        """The addresses that were asked for."""
        sent = (event for event in self.events if event["method"] == "Network.requestWillBeSent")
        return {event["params"]["request"]["url"] for event in sent}


def wait(is_so: Callable[[], object], seconds: float = 30, what: str = "") -> None:
    """Wait until something is so."""
    until = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < until, f"not so after {seconds} s: {what}"
        time.sleep(0.05)
