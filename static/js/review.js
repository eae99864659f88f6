// The review page with scripts: a field marks its characters in the source, selected characters go into a field,
// and n and p go from one doubtful place to the next. Without scripts links and number fields do the same.
"use strict";

(() => {
  const source = document.getElementById("source");
  if (!source) return;
  const textOfSource = source.textContent;
  // The archive counts characters, a browser counts 16-bit units: they differ from the first rare character on.
  const wide = /[\u{10000}-\u{10ffff}]/u.test(textOfSource);
  const unitsOf = (characters) => (wide ? [...textOfSource].slice(0, characters).join("").length : characters);
  const charactersOf = (units) => (wide ? [...textOfSource.slice(0, units)].length : units);

  document.addEventListener("focusin", ({ target }) => mark(target.closest("[data-from]")));
  document.addEventListener("click", (event) => {
    const link = event.target.closest(".in-source");
    if (link) event.preventDefault();
    mark(event.target.closest("[data-from]"));
    const take = event.target.closest("[data-take]");
    if (take) takeSelection(take.closest("form"));
  });

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) return;
    if (event.key === "n" || event.key === "p") goToDoubt(event.key === "n" ? 1 : -1);
  });

  document.getElementById("fields").parentElement.addEventListener("htmx:afterSwap", prepare);
  prepare();

  function prepare() {
    const doubts = document.querySelectorAll("[data-doubt]");
    doubts.forEach((doubt, index) => { doubt.id = `doubt-${index + 1}`; });
    document.getElementById("next-doubt")?.addEventListener("click", (event) => {
      event.preventDefault();
      goToDoubt(1);
    });
    for (const form of document.querySelectorAll(".place-form:has(.characters)")) {
      if (form.querySelector("[data-take]")) continue;
      const button = document.createElement("button");
      button.type = "button";
      button.dataset.take = "";
      button.textContent = "用选中的文字";
      form.querySelector(".buttons").append(" ", button);
    }
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

  // The first field of words takes them; of a list its last, empty one.
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
    const doubts = [...document.querySelectorAll("[data-doubt]")];
    if (!doubts.length) return say("没有待核的问题了。");
    const here = doubts.indexOf(document.activeElement.closest("[data-doubt]"));
    const next = doubts[(here + step + doubts.length) % doubts.length] ?? doubts[0];
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
