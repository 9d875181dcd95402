"""Functions that the tests run in the reader process: useful ones and misbehaving ones."""

import json
import os
import signal

from core.errors import InvalidInput, Place
from core.workbooks.allowed import engine_of, runs_in_child
from core.workbooks.reading import read_workbook


@runs_in_child
def echo(content, payload, progress):
    plain = {key: value for key, value in payload.items() if not isinstance(value, bytes)}
    sizes = {key: len(value) for key, value in payload.items() if isinstance(value, bytes)}
    return json.dumps([len(content), plain, sizes]).encode()


@runs_in_child
def shape(content, payload, progress):
    book = read_workbook(content, payload["file_name"], engine_of(payload), progress)
    return json.dumps([[sheet.name, len(sheet.rows), sheet.rows[:2]] for sheet in book.sheets], default=str).encode()


@runs_in_child
def who(content, payload, progress):
    return json.dumps([os.getpid(), sorted(os.environ)]).encode()


@runs_in_child
def steps(content, payload, progress):
    progress(0.25, "Четверть")
    print("a stray print must not disturb the answer")
    return b"done"


@runs_in_child
def die(content, payload, progress):
    if payload["engine"] == "calamine" or payload.get("always"):
        os.kill(os.getpid(), signal.SIGABRT)
    return payload["engine"].encode()


@runs_in_child
def wait_for_ever(content, payload, progress):
    progress(0.0, str(os.getpid()))
    signal.pause()
    return b""


@runs_in_child
def spin_for_ever(content, payload, progress):
    while True:
        pass


@runs_in_child
def take_all_memory(content, payload, progress):
    return bytes(8 * 2**30)


@runs_in_child
def keep_much_memory(content, payload, progress):
    KEPT.append(bytearray(os.urandom(2**20)) * 600)
    return str(os.getpid()).encode()


@runs_in_child
def refuse(content, payload, progress):
    raise InvalidInput("Балл 7 больше максимального 5.", "Исправьте балл.", Place("8А", 14, "E", "Балл"))


@runs_in_child
def fail(content, payload, progress):
    raise KeyError("Иванов Иван Иванович")


def unmarked(content, payload, progress):
    return b""


KEPT = []
