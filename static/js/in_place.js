// Complements htmx when a choice loads its list in place: focus, announcements, metadata in the head, and errors.
"use strict";

(() => {
  const status = document.createElement("p");
  status.className = "visually-hidden";
  status.setAttribute("role", "status");
  document.body.append(status);

  // URL-dependent elements of the head: canonical URL, feeds and description. htmx only updates the title.
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

  // Errors of server and network are shown by the browser, as for any link.
  for (const failure of ["htmx:responseError", "htmx:sendError"]) {
    document.addEventListener(failure, ({ detail }) => location.assign(detail.pathInfo.finalRequestPath));
  }

  function focusOn(part) {
    part.tabIndex = -1;
    part.focus({ preventScroll: true });
  }
})();
