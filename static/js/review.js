// The review page with scripts: a field highlights its span in the source, selected text is inserted into a field,
// n and p move between doubtful fields, j opens the next draft, and saving replaces only the parts that changed.
// Without scripts, links and number fields do the same.
"use strict";

(() => {
  const source = document.getElementById("source");
  if (!source) return;
  const textOfSource = source.textContent;
  // The archive counts characters, browsers count 16-bit units: these differ after the first rare character.
  const wide = /[\u{10000}-\u{10ffff}]/u.test(textOfSource);
  const unitsOf = (characters) => (wide ? [...textOfSource].slice(0, characters).join("").length : characters);
  const charactersOf = (units) => (wide ? [...textOfSource.slice(0, units)].length : units);
  const main = document.getElementById("fields").parentElement;
  const keys = document.getElementById("keys");
  let unsaved = false;
  let opened = [];
  let scrolled = 0;

  document.addEventListener("focusin", ({ target }) => mark(target.closest("[data-from]")));
  document.addEventListener("click", (event) => {
    const link = event.target.closest(".in-source");
    if (link) event.preventDefault();
    mark(event.target.closest("[data-from]"));
    const take = event.target.closest("[data-take]");
    if (take) takeSelection(take.closest("form"));
    if (event.target.closest("#next-doubt")) {
      event.preventDefault();
      goToDoubt(1);
    }
    if (event.target.closest(".steps a")) waitForSaving(event);
  });

  document.addEventListener("keydown", (event) => {
    if (!keys.checked || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.matches("input:not([type=checkbox]), textarea, select")) return;
    if (event.key === "n" || event.key === "p") goToDoubt(event.key === "n" ? 1 : -1);
    if (event.key === "j") document.getElementById("next-draft").click();
  });

  // Single-letter shortcuts can be turned off, for speech input and against typing errors; stored in the browser.
  keys.checked = localStorage.getItem("review-keys") !== "off";
  keys.addEventListener("change", () => localStorage.setItem("review-keys", keys.checked ? "on" : "off"));

  for (const kind of ["input", "change"]) {
    main.addEventListener(kind, ({ target }) => { unsaved ||= target.closest(".place-form") !== null; });
  }
  main.addEventListener("submit", (event) => { if (!event.target.matches("[hx-post]")) waitForSaving(event); });
  addEventListener("beforeunload", (event) => { if (unsaved) event.preventDefault(); });

  main.addEventListener("htmx:sendError", () => {
    say("没有保存：连不上服务器。填写的内容还在这里，请稍后再点“保存”。");
  });
  main.addEventListener("htmx:beforeSwap", (event) => {
    if (!event.detail.serverResponse.includes('id="fields"')) {
      event.detail.shouldSwap = false;
      say("没有保存：服务器没有照常回答，登录可能已过期。请先复制填写的内容，再重新打开本页。");
    }
    scrolled = scrollY;
    opened = [...document.querySelectorAll(".section[open]")].map((section) => section.id);
  });
  main.addEventListener("htmx:afterSwap", () => {
    for (const id of opened) document.getElementById(id)?.setAttribute("open", "");
    scrollTo(0, scrolled);
    unsaved = document.querySelector(".refusal, .place-form .errornote") !== null;
    prepare();
    // The link that opened a form is removed with it; otherwise htmx restores the focus by id.
    if (document.activeElement !== document.body) return;
    const asked = document.querySelector(".entry.asked");
    const place = asked?.querySelector(".input-line :is(input, textarea, select)") ?? asked?.querySelector(".tools a");
    (place ?? document.getElementById("fields")).focus({ preventScroll: true });
  });
  prepare();
  mark(document.querySelector(".entry.asked[data-from]"));

  function prepare() {
    for (const form of document.querySelectorAll(".place-form:has(.characters)")) {
      if (form.querySelector("[data-take]")) continue;
      const button = document.createElement("button");
      button.type = "button";
      button.dataset.take = "";
      button.id = `${form.closest(".entry").id}--take`;
      button.textContent = "用选中的文字";
      form.querySelector(".buttons").append(" ", button);
    }
  }

  function waitForSaving(event) {
    if (!unsaved) return;
    event.preventDefault();
    say("刚才填写的内容还没有保存：请稍候再点；新增的内容请先点“保存”。");
  }

  function mark(place) {
    if (!place || !CSS.highlights) return;
    const range = rangeOf(Number(place.dataset.from), Number(place.dataset.to));
    if (!range) return;
    document.querySelectorAll(".entry.lit").forEach((entry) => entry.classList.remove("lit"));
    place.closest(".entry")?.classList.add("lit");
    CSS.highlights.set("field", new Highlight(range));
    const box = range.getBoundingClientRect();
    const frame = source.getBoundingClientRect();
    if (box.top < frame.top || box.bottom > frame.bottom) source.scrollTop += box.top - frame.top - frame.height / 3;
  }

  function rangeOf(from, to) {
    const range = document.createRange();
    const [start, end] = [positionOf(unitsOf(from)), positionOf(unitsOf(to))];
    if (!start || !end) return null;
    range.setStart(...start);
    range.setEnd(...end);
    return range;
  }

  function positionOf(units) {
    const walker = document.createTreeWalker(source, NodeFilter.SHOW_TEXT);
    for (let left = units; walker.nextNode(); left -= walker.currentNode.length) {
      if (left <= walker.currentNode.length) return [walker.currentNode, left];
    }
    return null;
  }

  function takeSelection(form) {
    const selection = getSelection();
    if (!selection.rangeCount || !source.contains(selection.anchorNode) || !source.contains(selection.focusNode)) {
      return say("请先在原文中选取文字，再点“用选中的文字”。");
    }
    const chosen = selection.getRangeAt(0);
    const before = document.createRange();
    before.selectNodeContents(source);
    before.setEnd(chosen.startContainer, chosen.startOffset);
    const start = charactersOf(before.toString().length);
    const text = chosen.toString();
    form.elements.start.value = start;
    form.elements.end.value = start + [...text].length;
    fill(form, text.replace(/\s+/g, ""));
    form.dispatchEvent(new Event("change", { bubbles: true }));
  }

  // A click into the text sets the position to split a task.
  document.addEventListener("selectionchange", () => {
    const cut = document.querySelector(".entry.asked .task-tools [name=at]") ?? document.querySelector(".task-tools [name=at]");
    const selection = getSelection();
    if (!cut || !selection.rangeCount || !source.contains(selection.anchorNode)) return;
    const chosen = selection.getRangeAt(0);
    const before = document.createRange();
    before.selectNodeContents(source);
    before.setEnd(chosen.startContainer, chosen.startOffset);
    cut.value = charactersOf(before.toString().length);
  });

  // Insert into the first text field; in a list into the last, empty one.
  function fill(form, text) {
    const many = form.querySelectorAll("[name=values]");
    const field = many.length ? many[many.length - 1] : form.elements.value ?? form.elements.text ?? form.elements.name ?? form.elements.title;
    if (field.type === "date") field.value = dayIn(text) ?? field.value;
    else field.value = field.type === "number" ? (text.match(/\d+/)?.[0] ?? field.value) : text;
  }

  // 2019年3月5日
  function dayIn(text) {
    const found = text.match(/(\d{4})年(\d{1,2})月(\d{1,2})日/);
    return found && `${found[1]}-${found[2].padStart(2, "0")}-${found[3].padStart(2, "0")}`;
  }

  function goToDoubt(step) {
    const here = document.activeElement;
    const doubts = [...document.querySelectorAll("[data-doubt]")];
    if (!doubts.length) return say("没有待核的问题了。");
    const side = step > 0 ? Node.DOCUMENT_POSITION_FOLLOWING : Node.DOCUMENT_POSITION_PRECEDING;
    const beyond = doubts.filter((doubt) => !doubt.contains(here) && here.compareDocumentPosition(doubt) & side);
    const next = step > 0 ? beyond[0] ?? doubts[0] : beyond.at(-1) ?? doubts.at(-1);
    next.closest("details")?.setAttribute("open", "");
    const control = next.querySelector("button");
    control.focus();
    next.scrollIntoView({ block: "center" });
    mark(next.querySelector("[data-from]") ?? next.closest("[data-from]"));
  }

  function say(words) {
    document.querySelector(".review-status .said").textContent = words;
  }
})();
