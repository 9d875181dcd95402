// What became of a click is said near the top of the screen (pages/widgets/acting.py). Where the screen is scrolled
// elsewhere, it moves there, so that nobody presses a button and sees nothing.
(() => {
  "use strict";

  const SAID = '[class*="st-key-acting_outcome_"]';
  const HEADER = 56;
  let last = "";
  let isAsked = false;

  const look = () => {
    isAsked = false;
    const said = document.querySelector(SAID);
    if (!said || said.className === last) return;
    last = said.className;
    const box = said.getBoundingClientRect();
    if (box.top < HEADER || box.bottom > window.innerHeight) said.scrollIntoView({ block: "center" });
  };

  new MutationObserver(() => {
    if (isAsked) return;
    isAsked = true;
    window.requestAnimationFrame(look);
  }).observe(document, { childList: true, subtree: true });
})();
