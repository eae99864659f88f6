// What htmx leaves open when a choice loads its list in place: where the focus goes, what is said, what the head of
// the page says, and what happens when there is no list to show.
"use strict";

(() => {
  const status = document.createElement("p");
  status.className = "visually-hidden";
  status.setAttribute("role", "status");
  document.body.append(status);

  // What the head tells of an address: its one form, its feeds, its description. htmx takes over the title alone.
  const OF_THE_ADDRESS = "link[rel=canonical], link[rel=alternate], meta[name=description], meta[property], script[type]";

  document.addEventListener("htmx:afterSettle", ({ detail }) => {
    const loaded = new DOMParser().parseFromString(detail.xhr.responseText, "text/html");
    document.head.querySelectorAll(OF_THE_ADDRESS).forEach((told) => told.remove());
    document.head.append(...loaded.head.querySelectorAll(OF_THE_ADDRESS));
    const page = document.querySelector("main");
    const list = page.querySelector(".listing");
    const name = detail.requestConfig.elt.dataset.choice;
    const sameChoice = [...page.querySelectorAll("[data-choice]")].find((choice) => choice.dataset.choice === name);
    if (sameChoice?.checkVisibility()) sameChoice.focus({ preventScroll: true });
    else focusOn(list ?? page);
    status.textContent = list?.querySelector("h2:not(.month-of-list)")?.textContent ?? document.title;
  });

  // An error has a page of its own, and so has a network that fails: the browser shows it, as for any link.
  for (const failure of ["htmx:responseError", "htmx:sendError"]) {
    document.addEventListener(failure, ({ detail }) => location.assign(detail.pathInfo.finalRequestPath));
  }

  function focusOn(part) {
    part.tabIndex = -1;
    part.focus({ preventScroll: true });
  }
})();
