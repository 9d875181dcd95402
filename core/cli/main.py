"""Arguments of the command line, and which command answers them."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from core.cli import (
    cycle,
    deficits,
    development,
    due,
    exports,
    indicators,
    practices,
    reading,
    recommending,
    roadmaps,
    stores,
    surveys,
    uploads,
    users,
)
from core.cli.output import say
from core.errors import QualityError


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of all commands; each sets `run` to the function that carries it out."""
    parser = argparse.ArgumentParser(prog="python -m core", description="«Цикл качества» без браузера.")
    commands = parser.add_subparsers(title="команды", required=True, metavar="КОМАНДА")

    one = commands.add_parser("init", help="создать хранилище или обновить его до текущей версии")
    one.set_defaults(run=stores.init)
    one = commands.add_parser("demo", help="заполнить пустое хранилище учебным муниципалитетом")
    one.add_argument("--files", type=Path, metavar="ПАПКА", help="вместо этого записать учебные файлы для загрузки")
    one.set_defaults(run=stores.demo)

    one = commands.add_parser("import", help="загрузить файлы с результатами")
    one.add_argument("files", nargs="+", type=Path, metavar="ФАЙЛ")
    one.add_argument("--school", metavar="КОД", help="школа, если её нет в файле")
    one.add_argument("--create-organisations", action="store_true", help="создавать школы, которых ещё нет в системе")
    one.add_argument("--kind", "--procedure", dest="procedure", help="оценочная процедура: ВПР, ОГЭ, ЕГЭ …")
    one.add_argument("--subject", help="предмет")
    one.add_argument("--grade", type=int, help="класс")
    one.add_argument("--year", type=int, help="год проведения")
    one.add_argument("--dry-run", action="store_true", help="только проверить, ничего не сохранять")
    _json(one)
    one.set_defaults(run=uploads.import_files)

    one = commands.add_parser("undo", help="отменить загрузку целиком")
    one.add_argument("upload", type=int, metavar="ЗАГРУЗКА")
    one.set_defaults(run=uploads.undo)

    one = commands.add_parser("works", help="загруженные работы")
    _json(one)
    one.set_defaults(run=reading.works)

    one = commands.add_parser("items", help="статистика заданий работы")
    one.add_argument("work", type=int, metavar="РАБОТА")
    _json(one)
    one.set_defaults(run=reading.items)

    one = commands.add_parser("problem-fields", help="проблемные поля")
    one.add_argument("--work", type=int, metavar="РАБОТА")
    one.add_argument("--subject")
    one.add_argument("--year", type=int)
    _json(one)
    one.set_defaults(run=reading.show_problem_fields)

    one = commands.add_parser("roadmaps", help="дорожные карты: состояние, ход, просрочено")
    _json(one)
    one.set_defaults(run=roadmaps.show_roadmaps)

    one = commands.add_parser("due", help="что просрочено и что нужно сделать за неделю")
    _json(one)
    one.set_defaults(run=due.due)
    one = commands.add_parser("digest", help="то же текстом для мессенджера")
    one.set_defaults(run=due.digest)

    one = commands.add_parser("recommendations", help="адресные рекомендации")
    _json(one)
    one.set_defaults(run=recommending.recommendations)

    cycle.add_arguments(commands.add_parser("cycle", help="управленческий цикл: этапы модели и чего нет"))
    practices.add_arguments(commands.add_parser("practices", help="лучшие практики"))
    indicators.add_arguments(commands.add_parser("indicators", help="показатели мониторинга за отчётный год"))
    surveys.add_arguments(commands.add_parser("survey", help="загрузить анкету или тест педагогов"))
    deficits.add_arguments(commands.add_parser("deficits", help="корпоративные дефициты педагогов"))
    development.add_arguments(commands.add_parser("development", help="кому пора на курсы, состояние заявок"))

    one = commands.add_parser("export", help="сохранить документ (DOCX, XLSX) или пакет к заседанию (ZIP)")
    one.add_argument("kind", choices=sorted(exports.EXPORTS), help="что сохранить")
    one.add_argument("id", nargs="?", metavar="НОМЕР", help="чего именно; без номера – список")
    one.add_argument("-o", "--output", type=Path, metavar="ФАЙЛ")
    one.set_defaults(run=exports.export)

    _add_users(commands.add_parser("user", help="учётные записи"))

    one = commands.add_parser("backup", help="сделать проверенную резервную копию")
    one.add_argument("file", type=Path, metavar="ФАЙЛ")
    one.set_defaults(run=stores.backup)
    one = commands.add_parser("restore", help="восстановить базу из резервной копии")
    one.add_argument("file", type=Path, metavar="ФАЙЛ")
    one.set_defaults(run=stores.restore)
    one = commands.add_parser("verify", help="проверить целостность базы или резервной копии")
    one.add_argument("file", nargs="?", type=Path, metavar="ФАЙЛ", help="резервная копия; без неё — сама база")
    one.set_defaults(run=stores.verify)
    return parser


def _add_users(parser: argparse.ArgumentParser) -> None:
    commands = parser.add_subparsers(title="действия", required=True, metavar="ДЕЙСТВИЕ")
    one = commands.add_parser("add", help="создать и выдать пароль на 72 часа")
    one.add_argument("login", metavar="ЛОГИН")
    one.add_argument("--name", help="фамилия и инициалы")
    one.add_argument("--organisation", metavar="КОД", help="организация; без неё — вся система")
    one.add_argument("--role", choices=sorted(users.ROLES), default="administrator", help="роль (administrator)")
    one.add_argument("--email", help="адрес для входа через единую учётную запись")
    _json(one)
    one.set_defaults(run=users.add)
    one = commands.add_parser("reset", help="выдать новый пароль на 72 часа")
    one.add_argument("login", metavar="ЛОГИН")
    one.add_argument("--second-factor", action="store_true", help="снять и второй фактор")
    _json(one)
    one.set_defaults(run=users.reset)
    one = commands.add_parser("link", help="связать с педагогом")
    one.add_argument("login", metavar="ЛОГИН")
    one.add_argument("teacher", metavar="ПЕДАГОГ", help="номер или фамилия, имя, отчество в кавычках")
    _json(one)
    one.set_defaults(run=users.link)
    one = commands.add_parser("unlink", help="отвязать от педагога")
    one.add_argument("login", metavar="ЛОГИН")
    _json(one)
    one.set_defaults(run=users.unlink)
    one = commands.add_parser("disable", help="отключить: войти нельзя, сеансы завершаются")
    one.add_argument("login", metavar="ЛОГИН")
    one.add_argument("--reason", default="отключено из командной строки", help="причина")
    _json(one)
    one.set_defaults(run=users.disable)


def _json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="вывести JSON")


def main(arguments: list[str]) -> int:
    """Carry out one command; return the exit status: 0 done, 1 refused, 2 wrong arguments."""
    options = build_parser().parse_args(arguments)
    try:
        status: int = options.run(options)
    except QualityError as error:
        if getattr(options, "json", False):
            say(json.dumps({"error": error.message, "advice": error.advice}, ensure_ascii=False))
        else:
            say(str(error), stream=sys.stderr)
        return 1
    return status
