/* Says Streamlit's own fixed English words in Russian. Streamlit has no translations, so the page is watched and
   exact words are replaced wherever they appear; texts of our screens are Russian already and never match.
   Runs before Streamlit's scripts, so that numbers and calendars are Russian in every browser, too. */
(() => {
  "use strict";

  for (const [name, value] of [["language", "ru-RU"], ["languages", Object.freeze(["ru-RU", "ru"])]]) {
    Object.defineProperty(Navigator.prototype, name, { get: () => value, configurable: true });
  }

  const WORDS = {
    // files
    "Upload": "Выбрать файл",
    "file upload": "Выбор файлов",
    "Add files": "Добавить файлы",
    "Upload directories": "Выбрать папки",
    "Drag and drop a file here": "Перетащите файл сюда",
    "Drag and drop files here": "Перетащите файлы сюда",
    "Drag and drop directories here": "Перетащите папки сюда",
    "Error uploading file": "Файл не передан",
    "Error deleting file": "Файл не удалён",
    "Download failed": "Скачать не удалось",
    "Network Error": "Нет связи",
    "Network error": "Нет связи",
    // fields
    "Choose an option": "Выберите",
    "Choose options": "Выберите",
    "Add an option": "Добавьте значение",
    "Add options": "Добавьте значения",
    "Choose or add an option": "Выберите или добавьте",
    "Choose or add options": "Выберите или добавьте",
    "No options to select": "Нет вариантов",
    "No options": "Нет вариантов",
    "No results": "Ничего не найдено",
    "Select all": "Выбрать все",
    "Clear all": "Очистить",
    "Clear value": "Очистить",
    "Clear entry": "Очистить",
    "Clear date": "Убрать дату",
    "Clear dates": "Убрать даты",
    "Choose date": "Выбрать дату",
    "Choose date range": "Выбрать период",
    "Date range": "Период",
    "Invalid input.": "Недопустимое значение.",
    "Number is above the allowed range.": "Число больше допустимого.",
    "Number is below the allowed range.": "Число меньше допустимого.",
    "Increment": "Увеличить",
    "Decrement": "Уменьшить",
    "Show password": "Показать пароль",
    "Hide password": "Скрыть пароль",
    "Multiselect": "Выбор нескольких значений",
    "Multiselect options": "Варианты",
    "Selectbox": "Выбор значения",
    "Selectbox options": "Варианты",
    "Selected values": "Выбранные значения",
    "All selected options have been cleared.": "Выбор очищен.",
    "Open": "Открыть",
    "Select...": "Выберите…",
    "Remove": "Убрать",
    "Press Enter to apply": "Нажмите Enter, чтобы применить",
    "Press Enter to submit form": "Нажмите Enter, чтобы отправить",
    "Press Ctrl+Enter to apply": "Нажмите Ctrl+Enter, чтобы применить",
    "Press Ctrl+Enter to submit form": "Нажмите Ctrl+Enter, чтобы отправить",
    "Press ⌘+Enter to apply": "Нажмите ⌘+Enter, чтобы применить",
    "Press ⌘+Enter to submit form": "Нажмите ⌘+Enter, чтобы отправить",
    // tables
    "Add row": "Добавить строку",
    "Delete row(s)": "Удалить строки",
    "Clear selection": "Снять выделение",
    "Show/hide columns": "Показать или скрыть столбцы",
    "Download as CSV": "Скачать CSV",
    "Search": "Поиск",
    "Type to search": "Поиск",
    "Close Search": "Закрыть поиск",
    "Next Result": "Следующее",
    "Previous Result": "Предыдущее",
    "Fullscreen": "Во весь экран",
    "Close fullscreen": "Выйти из полноэкранного вида",
    "Sort ascending": "По возрастанию",
    "Sort descending": "По убыванию",
    "Hide column": "Скрыть столбец",
    "Pin column": "Закрепить столбец",
    "Unpin column": "Открепить столбец",
    "Copy column name": "Копировать название",
    "Dataframe column menu": "Меню столбца",
    "Autosize": "Подобрать ширину",
    "Format": "Формат",
    "Automatic": "Автоматически",
    "Localized": "По-русски",
    "Plain": "Без формата",
    "Compact": "Кратко",
    "Dollar": "Доллар",
    "Euro": "Евро",
    "Yen": "Иена",
    "Percent": "Процент",
    "Scientific": "Научный",
    "Accounting": "Бухгалтерский",
    "Distance": "Как давно",
    "Calendar": "Календарь",
    "Statistics": "Статистика",
    "Based on sample": "По выборке",
    "Count": "Количество",
    "Distinct": "Различных",
    "Empty": "Пустых",
    "Average": "Среднее",
    "Median": "Медиана",
    "Minimum": "Минимум",
    "Maximum": "Максимум",
    "Sum": "Сумма",
    "Range": "Размах",
    "Standard deviation": "Стандартное отклонение",
    "Average length": "Средняя длина",
    "Minimum length": "Наименьшая длина",
    "Maximum length": "Наибольшая длина",
    "Loading...": "Загрузка…",
    "Failed to load data": "Данные не загружены",
    "No data": "Нет данных",
    "Cancel (Escape)": "Отменить (Escape)",
    "Incompatible value": "Недопустимое значение",
    // charts
    "Show data": "Показать данные",
    "Show chart": "Показать график",
    "Download as PNG": "Скачать PNG",
    "Copy Vega-Lite spec": "Копировать описание графика",
    "Copied!": "Скопировано",
    "Copied": "Скопировано",
    "Copy to clipboard": "Копировать",
    "Copy": "Копировать",
    // frame
    "Logo": "Цикл качества",
    "App Logo": "Цикл качества",
    "Header Logo": "Цикл качества",
    "Sidebar Logo": "Цикл качества",
    "Main menu": "Меню",
    "App pages": "Разделы",
    "Collapse sidebar": "Свернуть меню",
    "Expand sidebar": "Показать меню",
    "Skip to main content": "К содержанию",
    "Sidebar": "Меню",
    "Main": "Содержание",
    "Link to heading": "Ссылка на заголовок",
    "Toolbar action": "Действие",
    "View more": "Ещё",
    "View less": "Свернуть",
    "Close": "Закрыть",
    "Dismiss": "Закрыть",
    "Cancel": "Отмена",
    "Done": "Готово",
    "Help": "Справка",
    "Get help": "Помощь",
    "Report a bug": "Сообщить об ошибке",
    "About": "О программе",
    "Print": "Печать",
    "Rerun": "Обновить",
    "Always rerun": "Всегда обновлять",
    "Settings": "Настройки",
    "Theme": "Оформление",
    "Light": "Светлое",
    "Dark": "Тёмное",
    "System": "Как в системе",
    "Use system setting": "Как в системе",
    "Stop": "Остановить",
    "Stopping...": "Останавливается…",
    "Running...": "Выполняется…",
    "Please wait...": "Подождите…",
    "Connecting": "Соединение…",
    "Connection error": "Нет связи с программой",
    "Error": "Ошибка",
    "Warning": "Внимание",
    "Retry": "Повторить",
    "Try again": "Повторить",
    "Page not found": "Страница не найдена",
    "The page that you have requested does not seem to exist. Running the app's main page.":
      "Такой страницы нет, открыта первая.",
    "Navigate to home page": "На первую страницу",
    "Streamlit server is not responding. Are you connected to the internet?":
      "Программа не отвечает. Проверьте, запущена ли она.",
    "Connection timed out.": "Программа не ответила вовремя.",
    "Connection lost. Please wait for the app to reconnect, then try again.":
      "Связь потеряна. Дождитесь, пока она восстановится, и повторите.",
    "Reconnected to server.": "Связь восстановлена.",
    "Unable to connect to Streamlit server": "Нет связи с программой",
    "Your app is having trouble loading the component.": "Часть страницы не загрузилась.",
    "Copy version to clipboard": "Копировать номер версии",
    "dd": "дд",
    "mm": "мм",
    "yyyy": "гггг",
    "Empty": "не указано",
    "Next month": "Следующий месяц",
    "Previous month": "Предыдущий месяц",
    "Use arrow keys to navigate dates. Enter to select. Escape to close.":
      "Стрелки — выбор дня, Enter — подтвердить, Escape — закрыть.",
    "add icon": "добавить",
    "Scroll tabs left": "Прокрутить вкладки влево",
    "Scroll tabs right": "Прокрутить вкладки вправо",
    "Made with Streamlit v": "Работает на Streamlit ",
  };

  const PATTERNS = [
    [/^(\d+(?:[.,]\d+)?) ?([KMG]?B) per file(?: • (.+))?$/, (_all, size, unit, types) =>
      `До ${size.replace(".", ",")} ${{ B: "Б", KB: "КБ", MB: "МБ", GB: "ГБ" }[unit]} на файл${types ? ` · ${types}` : ""}`],
    [/^(\d+(?:\.\d+)?)(K?B|MB|GB)$/, (_all, size, unit) =>
      `${size.replace(".", ",")} ${{ B: "Б", KB: "КБ", MB: "МБ", GB: "ГБ" }[unit]}`],
    [/^File must be (\d+(?:\.\d+)?) ?MB or smaller\.$/, (_all, size) => `Файл больше ${size} МБ не принимается.`],
    [/^(.+) files are not allowed\.$/, (_all, type) => `Файлы ${type} не принимаются.`],
    [/^Select (\d+) matches$/, (_all, count) => `Выбрать найденные: ${count}`],
    [/^Add: (.*)$/s, (_all, value) => `Добавить: ${value}`],
    [/^Remove (.+)$/s, (_all, value) => `Убрать ${value}`],
    [/^Delete (.+)$/s, (_all, value) => `Удалить ${value}`],
    [/^Shortcut (.+)$/, (_all, keys) => `Клавиши: ${keys}`],
    [/^View (\d+) more$/, (_all, count) => `Ещё ${count}`],
    [/^Help for (.+)$/s, (_all, value) => `Пояснение: ${value}`],
    [/^Showing page (\d+) of (\d+)$/, (_all, page, pages) => `Страница ${page} из ${pages}`],
    [/^You have requested page \/(.+), but no corresponding file was found.*$/s, (_all, page) =>
      `Страницы /${page} нет, открыта первая.`],
    [/^(day|month|year), (.+)$/s, (_all, part, name) => `${{ day: "день", month: "месяц", year: "год" }[part]}, ${name}`],
    [/^Choose date, (.+)$/, (_all, date) => `Выбрать дату, ${date}`],
    [/^Selected (.+)\. (.+)$/s, (_all, value) => `Выбрано: ${value}`],
    // lists of values in cells of tables, for screen readers
    [/^(\d+) results? available(?: for search term (.*))?\.(?:Use Up and Down .*)?$/s, (_all, count, term) =>
      `Вариантов: ${count}${term ? `, поиск «${term}»` : ""}. Стрелки — выбор, Enter — подтвердить, Escape — закрыть.`],
    [/^Use Up and Down to choose options.*$/s, () => "Стрелки — выбор, Enter — подтвердить, Escape — закрыть."],
    [/^option (.+?),? (?:focused|selected|deselected|is disabled).*$/s, (_all, value) => `Вариант ${value}`],
    // The picture stands beside its words and adds nothing to them for a screen reader.
    [/^[a-z]+(?:[ _][a-z0-9]+)* icon$/, () => "значок"],
  ];

  // What leads out of the program or into a dialog that is English throughout.
  const REMOVED = new Set(["Record screen", "Ask Google", "Ask ChatGPT"]);

  const ATTRIBUTES = ["aria-label", "title", "placeholder", "alt", "aria-roledescription", "aria-valuetext"];
  const OWN_TEXT = ".stMarkdown, .stCode, textarea, [role=gridcell], script, style";

  const said = (text) => {
    const word = text.trim();
    if (!word || !/[A-Za-z]/.test(word)) return null;
    if (Object.hasOwn(WORDS, word)) return text.replace(word, () => WORDS[word]);
    const named = /^([A-Z][A-Za-z/ ]*): (.+)$/s.exec(word);
    if (named && Object.hasOwn(WORDS, named[1])) return text.replace(word, () => `${WORDS[named[1]]}: ${named[2]}`);
    for (const [pattern, replacement] of PATTERNS) {
      if (pattern.test(word)) return text.replace(word, () => word.replace(pattern, replacement));
    }
    return null;
  };

  const translateText = (node) => {
    if (node.parentElement?.closest(OWN_TEXT)) return;
    if (REMOVED.has(node.nodeValue.trim())) {
      const item = node.parentElement.closest("[role=menuitem], [role=option], li, a, button");
      if (item) item.style.display = "none";
      return;
    }
    const russian = said(node.nodeValue);
    if (russian !== null && russian !== node.nodeValue) node.nodeValue = russian;
  };

  const translateAttributes = (element) => {
    for (const name of ATTRIBUTES) {
      const value = element.getAttribute(name);
      const russian = value ? said(value) : null;
      if (russian !== null && russian !== value) element.setAttribute(name, russian);
    }
  };

  const translateTree = (root) => {
    if (root.nodeType === Node.TEXT_NODE) return translateText(root);
    if (root.nodeType !== Node.ELEMENT_NODE) return;
    translateAttributes(root);
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      if (walker.currentNode.nodeType === Node.TEXT_NODE) translateText(walker.currentNode);
      else translateAttributes(walker.currentNode);
    }
  };

  new MutationObserver((changes) => {
    for (const change of changes) {
      if (change.type === "childList") change.addedNodes.forEach(translateTree);
      else if (change.type === "characterData") translateText(change.target);
      else translateAttributes(change.target);
    }
  }).observe(document, {
    childList: true, subtree: true, characterData: true, attributes: true, attributeFilter: ATTRIBUTES,
  });

  // Tables are drawn on a canvas; these are the words that Streamlit itself draws there.
  const DRAWN = { "empty": "нет строк", "None": "—" };
  const draw = CanvasRenderingContext2D.prototype.fillText;
  CanvasRenderingContext2D.prototype.fillText = function (text, ...place) {
    return draw.call(this, Object.hasOwn(DRAWN, text) ? DRAWN[text] : text, ...place);
  };
})();
