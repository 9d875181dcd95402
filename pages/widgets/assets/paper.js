// Printing. A screen is not a page: its tables are drawn on a canvas that holds only what is in sight, and its filters
// are fields. So «Печать», Ctrl+P and the browser's own command first ask the server for the whole tables
// (pages/widgets/paper.py); when they are there, the chosen values are written above the screen and it is printed.
(() => {
  "use strict";

  const ROOT = document.documentElement;
  const MAIN = "[data-testid=stMain]";
  const NOT_A_FILTER = "[data-testid=stForm], [data-testid=stExpanderDetails], [role=dialog]";
  const SETTLED_AFTER = 600;
  const GIVEN_UP_AFTER = 15000;
  const printNow = window.print.bind(window);

  const shown = (element) => element.getClientRects().length > 0;
  const words = (element) => element.innerText.replace(/\s+/g, " ").trim();

  // What is chosen in the fields of the screen, as «label: value»; what is typed into forms is no filter.
  const choices = () => {
    const found = new Map();
    const add = (label, value) => {
      if (label && value) found.set(label, value);
    };
    for (const tabs of document.querySelectorAll(`${MAIN} [role=tablist]`)) {
      const open = tabs.querySelector("[role=tab][aria-selected=true]");
      if (open && shown(open)) found.set(words(open), "");
    }
    for (const input of document.querySelectorAll(`${MAIN} input`)) {
      if (!shown(input) || input.closest(NOT_A_FILTER)) continue;
      const label = input.getAttribute("aria-label") || "";
      const tags = input.closest("[data-testid=stMultiSelectTagsContainer]");
      if (tags) add(label, [...tags.children].filter((one) => one !== input).map(words).filter(Boolean).join(", "));
      else if (input.type === "checkbox" && input.checked) add(words(input.closest("label") || input), "да");
      else if (["text", "number", "search"].includes(input.type)) add(label, input.value);
    }
    for (const group of document.querySelectorAll(`${MAIN} [role=radiogroup]`)) {
      if (!shown(group) || group.closest(NOT_A_FILTER)) continue;
      const chosen = group.querySelector("[role=radio][aria-checked=true], label:has(input:checked)");
      if (chosen) add(group.getAttribute("aria-label") || "", words(chosen));
    }
    return [...found].map(([label, value]) => (value ? `${label}: ${value}` : label));
  };

  const head = () => {
    const place = document.querySelector(".quality-paper-head");
    if (!place) return;
    const day = new Intl.DateTimeFormat("ru-RU", { dateStyle: "short", timeStyle: "short" }).format(new Date());
    const lines = [`Цикл качества · ${place.dataset.person} · напечатано ${day}`, choices().join("; ")];
    place.replaceChildren(
      ...lines.filter(Boolean).map((text) => Object.assign(document.createElement("div"), { textContent: text })),
    );
  };

  // Paper cannot be clicked: sentences that ask for it are left out while it is printed.
  const CLICKS = /(?:Щёлкните|Нажмите)[^.;]*[.;]?\s*/g;
  let silenced = [];
  const silence = () => {
    if (silenced.length) return;
    const main = document.querySelector(MAIN);
    const texts = main ? document.createTreeWalker(main, NodeFilter.SHOW_TEXT) : { nextNode: () => null };
    for (let one = texts.nextNode(); one; one = texts.nextNode()) {
      const said = one.nodeValue;
      const left = said.replace(CLICKS, "");
      if (left === said) continue;
      one.nodeValue = left;
      silenced.push([one, left, said]);
    }
  };
  const speak = () => {
    for (const [one, left, said] of silenced) if (one.nodeValue === left) one.nodeValue = said;
    silenced = [];
  };

  addEventListener("beforeprint", () => {
    head();
    silence();
    ROOT.classList.add("quality-paper");
  });
  const leave = () => {
    speak();
    ROOT.classList.remove("quality-paper", "quality-paper-ready");
  };
  addEventListener("afterprint", leave);
  // Where a browser does not say that it has printed, the screen is itself again as soon as somebody touches it.
  addEventListener("pointerdown", leave);

  // Charts are drawn anew in the width of the sheet before it is printed.
  const print = (asked) => {
    const isBusy = document.querySelector("[data-stale=true], [data-testid=stStatusWidget]");
    if (isBusy && Date.now() - asked < GIVEN_UP_AFTER) {
      setTimeout(print, 100, asked);
      return;
    }
    head();
    ROOT.classList.add("quality-paper");
    setTimeout(() => {
      ROOT.classList.add("quality-paper-ready");
      printNow();
    }, SETTLED_AFTER);
  };

  let printed = "";
  const ask = () => {
    const button = document.querySelector(".st-key-paper_print button");
    if (!button) {
      printNow();
      return;
    }
    const before = printed;
    button.click();
    setTimeout(() => {
      if (printed === before) print(Date.now());
    }, GIVEN_UP_AFTER);
  };
  window.print = ask;
  addEventListener("keydown", (event) => {
    if (event.code !== "KeyP" || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    ask();
  }, true);

  new MutationObserver(() => {
    const mark = document.querySelector(".quality-paper-mark")?.dataset.run || printed;
    if (mark === printed) return;
    printed = mark;
    print(Date.now());
  }).observe(document, { childList: true, subtree: true, attributes: true, attributeFilter: ["data-run"] });
})();
