// Suggestions while typing into a search box, for forms with data-suggest="URL".
"use strict";

(() => {
  const PAUSE = 150; // milliseconds without a key before asking
  let boxes = 0;

  equip(document);
  // A part of the page loaded by htmx may contain a new form.
  document.addEventListener("htmx:load", (event) => equip(event.detail.elt));

  function equip(part) {
    for (const form of part.querySelectorAll("form[data-suggest]")) {
      const input = form.querySelector("input[type=search]:not([role])");
      if (input) offerSuggestions(form, input);
    }
  }

  function offerSuggestions(form, input) {
    const id = `suggestions-${++boxes}`;
    const list = element("div", { id, role: "listbox", "aria-label": "建议", hidden: "" }, "suggestions");
    const status = element("p", { role: "status" }, "visually-hidden");
    const line = input.parentElement;
    line.classList.add("has-suggestions");
    line.append(list, status);
    set(input, { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": id });

    let options = [];
    let active = -1;
    let timer = 0;
    let asking = null;

    input.addEventListener("input", (event) => {
      clearTimeout(timer);
      if (!event.isComposing) timer = setTimeout(ask, PAUSE);
    });
    input.addEventListener("compositionend", () => { timer = setTimeout(ask, PAUSE); });
    input.addEventListener("blur", close);
    form.addEventListener("submit", close);
    input.addEventListener("keydown", (event) => {
      if (event.isComposing || list.hidden) return;
      if (event.key === "ArrowDown") move(1);
      else if (event.key === "ArrowUp") move(-1);
      else if (event.key === "Escape") close();
      else if (event.key === "Enter" && active >= 0) open(options[active]);
      else return;
      event.preventDefault();
    });
    // Otherwise pressing the mouse button would move the focus and close the list before the click.
    list.addEventListener("mousedown", (event) => event.preventDefault());
    list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) open(option);
    });

    async function ask() {
      asking?.abort();
      const text = input.value.trim();
      if (!text) return close();
      const request = asking = new AbortController();
      try {
        const address = `${form.dataset.suggest}?${new URLSearchParams({ q: text })}`;
        const response = await fetch(address, { signal: request.signal });
        if (response.ok && asking === request && document.activeElement === input) show((await response.json()).groups);
        else if (asking === request) close();
      } catch {
        if (asking === request) close(); // no suggestions are no obstacle
      }
    }

    function show(groups) {
      activate(-1);
      list.replaceChildren(...groups.map(groupOf));
      options = [...list.querySelectorAll("[role=option]")];
      options.forEach((option, place) => { option.id = `${id}-${place}`; });
      list.hidden = options.length === 0;
      input.setAttribute("aria-expanded", String(!list.hidden));
      status.textContent = list.hidden ? "" : `有 ${options.length} 条建议，用上下键选择。`;
    }

    function close() {
      clearTimeout(timer);
      asking?.abort();
      asking = null;
      show([]);
    }

    function move(step) {
      // One more than the number of options: the box itself is between the last and the first.
      const places = options.length + 1;
      activate(((active + 1 + step + places) % places) - 1);
    }

    function activate(place) {
      options[active]?.removeAttribute("aria-selected");
      active = place;
      const option = options[active];
      if (!option) return input.removeAttribute("aria-activedescendant");
      option.setAttribute("aria-selected", "true");
      option.scrollIntoView({ block: "nearest" });
      input.setAttribute("aria-activedescendant", option.id);
    }
  }

  function groupOf(group) {
    const box = element("div", { role: "group", "aria-label": group.name });
    const name = element("p", { "aria-hidden": "true" }, "suggestions-group");
    name.textContent = group.name;
    box.append(name, ...group.suggestions.map((suggestion) => {
      const option = element("div", { role: "option", "data-url": suggestion.url }, "suggestion");
      option.textContent = suggestion.text;
      return option;
    }));
    return box;
  }

  function open(option) {
    location.assign(option.dataset.url);
  }

  function element(name, attributes, className = "") {
    const made = document.createElement(name);
    made.className = className;
    return set(made, attributes);
  }

  function set(given, attributes) {
    for (const [name, value] of Object.entries(attributes)) given.setAttribute(name, value);
    return given;
  }
})();
