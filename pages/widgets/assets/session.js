// A step of the sign-in that only the browser can take: ask the server for the cookie of a session, or to remove it.
// The screen puts <div class="quality-session" data-step="start" data-ticket="…" data-next="/"> where one is due.
(() => {
  "use strict";
  const tabs = new BroadcastChannel("quality-session");
  tabs.onmessage = () => location.reload();

  const taken = new Set();
  const take = async (element) => {
    const { step, ticket, next } = element.dataset;
    const name = `${step} ${ticket}`;
    if (!["start", "end"].includes(step) || taken.has(name)) return;
    taken.add(name);
    try {
      await fetch(`/session/${step}`, {
        method: "POST",
        credentials: "same-origin",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ ticket }),
      });
    } catch {
      element.textContent = "Сервер не ответил. Обновите страницу.";
      return;
    }
    tabs.postMessage(step);
    location.replace(next || location.pathname + location.search);
  };

  new MutationObserver((changes) => {
    for (const change of changes) {
      for (const node of change.addedNodes) {
        if (node.nodeType !== Node.ELEMENT_NODE) continue;
        const found = node.matches(".quality-session") ? node : node.querySelector(".quality-session");
        if (found) take(found);
      }
    }
  }).observe(document, { childList: true, subtree: true });
})();
