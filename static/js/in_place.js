// What htmx leaves open when a choice loads its list in place: where the focus goes, what is said, and what happens
// when there is no list to show.
"use strict";

(() => {
  const status = document.createElement("p");
  status.className = "visually-hidden";
  status.setAttribute("role", "status");
  document.body.append(status);

  document.addEventListener("htmx:afterSettle", ({ detail }) => {
    const page = document.querySelector("main");
    const list = page.querySelector(".listing");
    const name = detail.requestConfig.elt.dataset.choice;
    const sameChoice = [...page.querySelectorAll("[data-choice]")].find((choice) => choice.dataset.choice === name);
    if (sameChoice?.checkVisibility()) sameChoice.focus({ preventScroll: true });
    else focusOn(list ?? page);
    status.textContent = list?.querySelector("h2")?.textContent ?? document.title;
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
