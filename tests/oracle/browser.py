"""A headless Chromium that tells all that a page does; spoken to through two pipes.

The protocol is that of the browser's own developer tools: JSON, each message ended by
a zero byte. Nothing is needed but the browser itself.
"""

import json
import os
import select
import shutil
import subprocess
import sys
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, Self

from attrs import define, field, frozen

NAMES: Final = ("chromium", "chromium-browser", "google-chrome", "chrome")
_PATIENCE: Final = 60  # seconds for one answer
_OPTIONS: Final = (
    "--headless",
    "--no-sandbox",  # the pages are our own, and a container has no other sandbox
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--no-first-run",
    "--remote-debugging-pipe",
)
# The browser reads from 3 and writes to 4; both ends are moved out of the way first.
_LAUNCH: Final = """
import fcntl, os, sys
ends = [fcntl.fcntl(int(end), fcntl.F_DUPFD, 10) for end in sys.argv[1:3]]
for end, wanted in zip(ends, (3, 4)):
    os.dup2(end, wanted)
os.execv(sys.argv[3], sys.argv[3:])
"""
# Every handler that an attribute could hold is called, and every link is followed.
_PROBE: Final = """
(() => {
  const tags = {}, attributes = new Set(), addresses = new Set();
  let comments = 0;
  const all = document.createTreeWalker(document, NodeFilter.SHOW_COMMENT);
  while (all.nextNode()) comments += 1;
  const elements = [...document.querySelectorAll('*')];
  for (const each of elements) {
    tags[each.localName] = (tags[each.localName] || 0) + 1;
    for (const found of each.attributes) {
      attributes.add(found.name.toLowerCase());
      if (/^(href|xlink:href|src|srcset|data|action|formaction|poster)$/i
          .test(found.name)) addresses.add(found.value);
    }
  }
  for (const each of elements)
    for (const name of ['mouseover', 'click', 'focus', 'load', 'error', 'toggle'])
      each.dispatchEvent(new Event(name));
  for (const link of document.querySelectorAll('a')) link.click();
  return {tags, comments, attributes: [...attributes], addresses: [...addresses],
          text: document.body ? document.body.textContent : ''};
})()
"""
_SETTLED: Final = "new Promise(done => setTimeout(done, 30))"


@frozen(kw_only=True)
class Visit:
    """What a page holds, and what it did while it was open."""

    tags: Counter[str]
    attributes: frozenset[str]
    addresses: frozenset[str]
    comments: int
    text: str
    dialogs: tuple[str, ...]
    requests: tuple[str, ...]
    console: tuple[str, ...]

    @property
    def deeds(self) -> tuple[str, ...]:
        """What a page that only shows something never does."""
        return self.dialogs + self.requests + self.console


def binary() -> str | None:
    """Return where Chromium is, if it is anywhere."""
    found = (shutil.which(name) for name in NAMES)
    return None if os.name == "nt" else next(filter(None, found), None)


@define
class Browser:
    """One running browser with one tab."""

    process: "subprocess.Popen[bytes]"
    to: int
    back: int
    session: str = ""
    count: int = 0
    buffer: bytes = b""
    events: list[dict[str, Any]] = field(factory=list)

    @classmethod
    def started(cls, program: str, profile: Path) -> Self:
        """Return a browser that keeps what it needs in an empty folder."""
        theirs, to = os.pipe()
        back, answers = os.pipe()
        launch = [sys.executable, "-c", _LAUNCH, str(theirs), str(answers)]
        process = subprocess.Popen(
            [*launch, program, *_OPTIONS, f"--user-data-dir={profile}"],
            pass_fds=(theirs, answers),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(theirs)
        os.close(answers)
        browser = cls(process, to, back)
        target = browser.ask("Target.createTarget", url="about:blank")["targetId"]
        attached = browser.ask("Target.attachToTarget", targetId=target, flatten=True)
        browser.session = attached["sessionId"]
        for domain in ("Page", "Network", "Runtime", "Log"):
            browser.ask(f"{domain}.enable")
        return browser

    def close(self) -> None:
        """End the browser."""
        with suppress(OSError, EOFError):
            self.session = ""
            self.ask("Browser.close")
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        os.close(self.to)
        os.close(self.back)

    def ask(self, method: str, **what: object) -> dict[str, Any]:
        """Return the answer to one question; what happens meanwhile is kept."""
        number = self._send(method, what)
        while True:
            message = self._read()
            if message.get("id") == number:
                return dict(message.get("result", {}), **message.get("error", {}))
            self._note(message)

    def visit(self, page: Path) -> Visit:
        """Open a page, call all its handlers, follow its links; tell what happened."""
        self.events.clear()
        self.ask("Page.navigate", url=page.as_uri())
        while not any(e["method"] == "Page.loadEventFired" for e in self.events):
            self._note(self._read())
        found = self._evaluated(_PROBE)
        self._evaluated(_SETTLED)
        return Visit(
            tags=Counter(found["tags"]),
            attributes=frozenset(found["attributes"]),
            addresses=frozenset(found["addresses"]),
            comments=found["comments"],
            text=found["text"],
            dialogs=self._told("Page.javascriptDialogOpening", "message"),
            requests=tuple(self._requests(page.as_uri())),
            console=tuple(self._console()),
        )

    def _evaluated(self, script: str) -> Any:  # noqa: ANN401 - any JSON value
        answer = self.ask(
            "Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True
        )
        return answer["result"].get("value")

    def _send(self, method: str, what: dict[str, object]) -> int:
        self.count += 1
        message = {"id": self.count, "method": method, "params": what}
        if self.session:
            message["sessionId"] = self.session
        data = json.dumps(message).encode() + b"\0"
        while data:
            data = data[os.write(self.to, data) :]
        return self.count

    def _read(self) -> dict[str, Any]:
        end = time.monotonic() + _PATIENCE
        while b"\0" not in self.buffer:
            left = max(0.0, end - time.monotonic())
            if not select.select([self.back], [], [], left)[0]:
                raise TimeoutError("the browser does not answer")
            piece = os.read(self.back, 2**16)
            if not piece:
                raise EOFError("the browser has ended")
            self.buffer += piece
        data, _, self.buffer = self.buffer.partition(b"\0")
        message: dict[str, Any] = json.loads(data)
        return message

    def _note(self, message: dict[str, Any]) -> None:
        if "method" in message:
            self.events.append(message)
        if message.get("method") == "Page.javascriptDialogOpening":
            self._send("Page.handleJavaScriptDialog", {"accept": False})

    def _told(self, method: str, name: str) -> tuple[str, ...]:
        found = (e["params"] for e in self.events if e["method"] == method)
        return tuple(str(params[name]) for params in found)

    def _requests(self, page: str) -> list[str]:
        asked = [
            event["params"]["request"]["url"]
            for event in self.events
            if event["method"] == "Network.requestWillBeSent"
        ]
        asked.remove(page)
        return [*asked, *self._told("Page.windowOpen", "url")]

    def _console(self) -> list[str]:
        logged = (e["params"] for e in self.events if e["method"] == "Log.entryAdded")
        thrown = (e for e in self.events if e["method"] == "Runtime.exceptionThrown")
        return [
            *(params["entry"]["text"] for params in logged),
            *(str(e["params"]["exceptionDetails"]["text"]) for e in thrown),
            *self._told("Runtime.consoleAPICalled", "args"),
        ]
