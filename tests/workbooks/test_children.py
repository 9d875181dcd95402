"""Files are read in warm, limited processes, and nothing that happens there ends the program."""

import json
import logging
import os
import signal
import threading

import pytest

from core.errors import InvalidInput, Place
from core.workbooks.pool import ChildPool
from core.workbooks.process import ChildFailed
from core.workbooks.read_in_child import read_in_child
from core.workbooks.reading import read_workbook
from core.workbooks.refusals import FileRefused
from tests.workbooks.files import SHEET, changed, ods, xlsx

HERE = "tests.workbooks.child_functions"


@pytest.fixture(scope="module")
def pool():
    made = ChildPool()
    yield made
    made.close()


def run(pool, function, content=b"", payload=None, **options):
    return pool.run(f"{HERE}:{function}", content, payload or {}, **options).data


def process_id(pool):
    return json.loads(run(pool, "who"))[0]


def test_content_and_payload_arrive(pool):
    payload = {"text": "ё", "number": 5, "share": 0.5, "nothing": None, "yes": True, "raw": b"\x00" * 70_000}
    length, plain, sizes = json.loads(run(pool, "echo", b"x" * 300_000, payload))
    assert (length, sizes) == (300_000, {"raw": 70_000})
    assert plain == {"text": "ё", "number": 5, "share": 0.5, "nothing": None, "yes": True, "engine": "calamine"}


def test_the_process_stays_warm(pool):
    assert process_id(pool) == process_id(pool) != os.getpid()


def test_the_process_knows_no_secret_of_the_program(pool, monkeypatch):
    monkeypatch.setenv("QUALITY_DATABASE_URL", "postgresql://secret")
    fresh = ChildPool()
    names = json.loads(run(fresh, "who"))[1]
    fresh.close()
    assert not [name for name in names if name.startswith("QUALITY")]


def test_progress_comes_back_and_stray_prints_do_not(pool):
    told = []
    assert run(pool, "steps", progress=lambda share, words: told.append((share, words))) == b"done"
    assert told == [(0.25, "Четверть")]


def test_a_refusal_keeps_sentence_advice_and_place(pool):
    before = process_id(pool)
    with pytest.raises(InvalidInput) as caught:
        run(pool, "refuse")
    assert caught.value.message == "Балл 7 больше максимального 5."
    assert caught.value.advice == "Исправьте балл."
    assert caught.value.place == Place("8А", 14, "E", "Балл")
    assert process_id(pool) == before


def test_a_mistake_in_the_program_is_told_without_values_of_the_file(pool, caplog):
    with caplog.at_level(logging.DEBUG), pytest.raises(ChildFailed) as caught:
        run(pool, "fail")
    assert "KeyError" in caught.value.detail
    assert "child_functions.py" in caught.value.detail
    assert "Иванов" not in caplog.text + str(caught.value) + caught.value.detail


def test_only_marked_functions_run(pool):
    with pytest.raises(LookupError):
        run(pool, "unmarked")
    with pytest.raises(LookupError):
        pool.run("os:system", b"", {})


def test_death_is_followed_by_one_try_with_openpyxl(pool):
    assert run(pool, "die") == b"openpyxl"


def test_death_with_both_engines_is_a_russian_sentence_and_the_next_call_works(pool):
    with pytest.raises(FileRefused) as caught:
        run(pool, "die", payload={"always": True})
    assert caught.value.code == "file_unreadable"
    assert "прочитать его не удалось" in caught.value.message
    assert run(pool, "steps") == b"done"


def test_a_process_killed_in_the_middle_of_a_call_is_replaced(pool):
    def kill(share, words):
        os.kill(int(words), signal.SIGKILL)

    with pytest.raises(FileRefused):
        run(pool, "wait_for_ever", progress=kill)
    assert run(pool, "steps") == b"done"


def test_a_process_killed_while_it_waits_is_replaced_unnoticed(pool):
    victim = process_id(pool)
    os.kill(victim, signal.SIGKILL)
    assert run(pool, "steps") == b"done"


def test_wall_clock_limit(pool):
    with pytest.raises(FileRefused) as caught:
        run(pool, "wait_for_ever", seconds=0.2)
    assert caught.value.code == "file_too_slow"
    assert run(pool, "steps") == b"done"


def test_an_endless_loop_is_ended(pool):
    with pytest.raises(FileRefused) as caught:
        run(pool, "spin_for_ever", seconds=0.5)
    assert caught.value.code == "file_too_slow"


def test_out_of_memory_is_a_russian_sentence(pool):
    with pytest.raises(FileRefused) as caught:
        run(pool, "take_all_memory")
    assert caught.value.code == "file_unreadable"
    assert run(pool, "steps") == b"done"


def test_a_process_that_has_grown_is_replaced(pool):
    grown = int(run(pool, "keep_much_memory"))
    assert process_id(pool) != grown


def test_an_exception_of_the_progress_callback_reaches_the_caller(pool):
    class StopScript(BaseException):
        """What a web framework throws to end a script run."""

    def stop(share, words):
        raise StopScript

    with pytest.raises(StopScript):
        run(pool, "steps", progress=stop)
    assert run(pool, "steps") == b"done"


def test_many_threads_share_two_processes(pool):
    seen, failures = set(), []

    def work(number):
        try:
            length, plain, _ = json.loads(run(pool, "echo", bytes(number * 1_000), {"number": number}))
            if (length, plain["number"]) != (number * 1_000, number):
                failures.append(number)
            seen.add(process_id(pool))
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(24)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert 1 <= len(seen) <= 2


def test_a_closed_pool_leaves_no_process():
    pool = ChildPool()
    pool.prepare(f"{HERE}:who")
    number = process_id(pool)
    pool.close()
    with pytest.raises(ProcessLookupError):
        os.kill(number, 0)


def test_a_whole_workbook_comes_back_as_it_would_in_this_process():
    assert read_in_child(xlsx(), "8А.xlsx") == read_workbook(xlsx(), "8А.xlsx")
    assert read_in_child(ods(), "8А.ods") == read_workbook(ods(), "8А.ods")
    with pytest.raises(FileRefused, match="Файл пуст"):
        read_in_child(b"", "8А.xlsx")


LAST = "XFD1048576"


@pytest.mark.parametrize(
    "content",
    [
        xlsx(cells={LAST: " "}),
        xlsx(cells={"A1048576": " "}),
        xlsx(cells={"XFD1": " "}),
        changed(xlsx(cells={LAST: " "}), SHEET, b'ref="A1:XFD1048576"', b'ref="A1:B31"'),
        changed(xlsx(cells={LAST: " "}), SHEET, b'<dimension ref="A1:XFD1048576"/>', b""),
        changed(xlsx(cells={LAST: " "}), SHEET, b'<row r="1048576"><c', b'<row r="32"><c'),
        changed(xlsx(), SHEET, b'ref="A1:B31"', b'ref="A1:XFD1048576"'),
        changed(xlsx(), SHEET, b'ref="A1:B31"', b'ref="A0"'),
        changed(xlsx(), SHEET, b'ref="A1:B31"', b'ref="B2:A1"'),
    ],
    ids=["last-cell", "last-row", "last-column", "liar", "silent", "lying-row", "boaster", "A0", "backwards"],
)  # fmt: skip
def test_far_cells_and_lying_dimensions_do_no_harm(pool, content):
    assert json.loads(run(pool, "shape", content, {"file_name": "8А.xlsx"})) == [
        ["8А", 31, [["Код", "Балл"], ["000", 0]]]
    ]


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (xlsx(cells={"A1048576": 5}), "8А.xlsx", "sheet_too_long"),
        (xlsx(cells={"XFD1": 5}), "8А.xlsx", "sheet_too_wide"),
        (changed(xlsx(), SHEET, b'r="A5"', b'r="A0"'), "8А.xlsx", "file_damaged"),
        (changed(xlsx(), SHEET, b'r="A5"', b'r="AAAAAAAAAA1"'), "8А.xlsx", "file_damaged"),
        (ods(last_cell="x", row_repeat=1_048_540), "8А.ods", "sheet_too_long"),
        (ods(last_cell="x", column_repeat=16_384), "8А.ods", "sheet_too_wide"),
        (ods(last_cell="x", row_repeat=1_048_540, column_repeat=16_384), "8А.ods", "file_unreadable"),
    ],
)
def test_tables_beyond_the_limits_are_refused(pool, content, name, code):
    with pytest.raises(FileRefused) as caught:
        run(pool, "shape", content, {"file_name": name})
    assert caught.value.code == code
