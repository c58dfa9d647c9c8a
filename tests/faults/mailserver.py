"""A real SMTP server in a process of its own, which can be told at run time how to behave.

`python -m tests.faults.mailserver FILE [PORT]` answers on a port of 127.0.0.1 and prints it. Each line
of its input is a Behaviour as JSON, answered by an empty line; it ends with its input. What it
accepts, and what it holds, it writes to the file before it answers.
"""

import asyncio
import json
import subprocess
import sys
import time
from collections import Counter
from dataclasses import asdict, dataclass
from email import message_from_bytes
from email.message import Message
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP, Envelope, Session

OK = "250 OK"


@dataclass(frozen=True)
class Behaviour:
    """What the server does; as it stands here, it takes every mail.

    ``rcpt`` and ``data`` are answers instead of "250 OK", to this address only where one is given;
    ``greylist`` asks to wait so many times at each address. ``hold`` names the step (connect,
    RCPT, DATA) at which it is silent until it is told something else; at DATA it has accepted the mail.
    ``hold_after`` so many such steps it begins to. ``drop`` ends the connection instead of an answer to DATA: "lost", or "accepted". ``then`` counts
    the mails after which it takes every mail again.
    """

    rcpt: str = OK
    data: str = OK
    address: str = ""
    greylist: int = 0
    hold: str = ""
    hold_after: int = 0
    drop: str = ""
    then: int = 0


class Handler:
    """What aiosmtpd asks."""

    def __init__(self, file: Path) -> None:
        """Take every mail, and write to this file."""
        self.log = file.open("a")
        self.asked: Counter[str] = Counter()
        self.behave(Behaviour())

    def behave(self, behaviour: Behaviour) -> None:
        """Behave like that from now on."""
        self.told, self.left, self.steps = behaviour, behaviour.then, 0

    def write(self, what: str, **about: Any) -> None:
        self.log.write(json.dumps({"what": what, "at": time.time(), **about}) + "\n")
        self.log.flush()

    async def hold(self, step: str) -> None:
        """Be silent, if this is the step to be silent at."""
        before = self.told
        if before.hold != step:
            return
        self.steps += 1
        if self.steps > before.hold_after:
            self.write("held", step=step)
            while self.told is before:
                await asyncio.sleep(0.005)

    async def handle_RCPT(  # noqa: N802 - the name is aiosmtpd's
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        await self.hold("RCPT")
        self.asked[address] += 1
        if self.asked[address] <= self.told.greylist:
            return "451 4.7.1 Greylisted, try again later"
        if self.told.rcpt != OK and self.told.address in {"", address}:
            return self._counted(self.told.rcpt)
        envelope.rcpt_tos.append(address)
        return OK

    async def handle_DATA(  # noqa: N802 - the name is aiosmtpd's
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        told = self.told
        if told.data != OK:
            return self._counted(told.data)
        if told.drop != "lost":
            self._accept(envelope)
        if told.drop:
            assert isinstance(server.transport, asyncio.WriteTransport)
            server.transport.abort()
            return self._counted("421 gone")
        await self.hold("DATA")
        return OK

    def _counted(self, answer: str) -> str:
        self.left -= 1
        if self.left == 0:
            self.behave(Behaviour())
        return answer

    def _accept(self, envelope: Envelope) -> None:
        assert isinstance(envelope.content, bytes)
        mail: Message = message_from_bytes(envelope.content)
        self.write(
            "accepted", message_id=mail["Message-ID"], to=mail["To"], subject=mail["Subject"]
        )


class Held(SMTP):
    """A connection that can be kept waiting for the greeting."""

    async def _handle_client(self) -> None:
        await self.event_handler.hold("connect")
        await super()._handle_client()


class MailServer:
    """That process, and what it has received."""

    def __init__(self, file: Path) -> None:
        """Start it."""
        self.file, self.port = file, 0
        file.touch()
        self.start()

    def start(self) -> None:
        """Start it, on the port it had before if it had one."""
        command = [sys.executable, "-m", "tests.faults.mailserver", str(self.file), str(self.port)]
        self.process = subprocess.Popen(  # noqa: S603 - the command is our own
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert self.process.stdout
        self.port = int(self.process.stdout.readline())

    def tell(self, **behaviour: Any) -> None:
        """Let it behave like that from now on; without words, take every mail."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps(asdict(Behaviour(**behaviour))) + "\n")
        self.process.stdin.flush()
        self.process.stdout.readline()

    def die(self) -> None:
        """Kill it."""
        self.process.kill()
        self.process.communicate()

    @property
    def lines(self) -> list[dict[str, Any]]:
        """What it has written down."""
        return [json.loads(line) for line in self.file.read_text().splitlines()]

    @property
    def accepted(self) -> list[dict[str, Any]]:
        """The mails that it has taken, in order."""
        return [line for line in self.lines if line["what"] == "accepted"]

    @property
    def told(self) -> list[str]:
        """Who has received a mail, once for each mail that is not a copy of another."""
        return sorted({mail["message_id"]: mail["to"] for mail in self.accepted}.values())

    @property
    def message_ids(self) -> Counter[str]:
        """How often it has taken each mail."""
        return Counter(line["message_id"] for line in self.accepted)

    def is_holding(self) -> bool:
        """Whether it has been silent towards a sender."""
        return any(line["what"] == "held" for line in self.lines)


async def _listen(handler: Handler) -> None:
    """Do what each line of the input says."""
    lines = asyncio.StreamReader()
    loop = asyncio.get_running_loop()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(lines), sys.stdin)
    while line := await lines.readline():
        handler.behave(Behaviour(**json.loads(line)))
        sys.stdout.write("\n")
        sys.stdout.flush()


async def _serve(file: Path, port: int) -> None:
    handler = Handler(file)
    server = await asyncio.get_running_loop().create_server(
        lambda: Held(handler, hostname="localhost", enable_SMTPUTF8=True),
        *("127.0.0.1", port),
        reuse_address=True,
    )
    sys.stdout.write(f"{server.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    await _listen(handler)


if __name__ == "__main__":
    asyncio.run(_serve(Path(sys.argv[1]), int(sys.argv[2])))
