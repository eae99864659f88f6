// Enhancements of the upload form: drag and drop, one request per file with progress, announcements.
// Without it, the form sends everything at once, and the page must be reloaded.
"use strict";

(() => {
  const status = document.getElementById("upload-status");

  // A refreshed list only announces changes.
  document.addEventListener("htmx:afterSettle", () => {
    const told = document.querySelector("[data-told]")?.textContent.trim();
    if (status.textContent !== told) status.textContent = told;
  });

  const form = document.querySelector("form.bring");
  if (!form) return;
  const { files: chosen, text, html } = form.elements;
  const sending = document.getElementById("sending");
  const drop = form.querySelector(".drop");
  let isSending = false;

  for (const type of ["dragenter", "dragover"]) {
    form.addEventListener(type, (event) => {
      if (!event.dataTransfer.types.includes("Files")) return;
      event.preventDefault();
      drop.classList.add("over");
    });
  }
  form.addEventListener("dragleave", (event) => {
    if (!form.contains(event.relatedTarget)) drop.classList.remove("over");
  });
  form.addEventListener("drop", (event) => {
    if (!event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    drop.classList.remove("over");
    choose([...chosen.files, ...event.dataTransfer.files]);
    form.querySelector("[type=submit]").focus();
  });

  form.addEventListener("submit", async (event) => {
    if (!chosen.files.length && !text.value.trim()) return;
    event.preventDefault();
    if (isSending) return;
    isSending = true;
    await sendAll([...chosen.files], text.value);
    isSending = false;
  });

  // Rich text pasted into the empty field is sent as HTML with its tables, unless the text is edited.
  let pastedText = "";
  text.addEventListener("paste", ({ clipboardData }) => {
    const rich = clipboardData.getData("text/html");
    html.value = !text.value.trim() && /<(?:p|div|table|section|article|h[1-6])\b/i.test(rich) ? rich : "";
    setTimeout(() => (pastedText = text.value));
  });
  text.addEventListener("input", () => {
    if (pastedText && text.value !== pastedText) html.value = pastedText = "";
  });

  window.addEventListener("beforeunload", (event) => {
    if (isSending) event.preventDefault();
  });

  function choose(files) {
    const transfer = new DataTransfer();
    for (const file of files) transfer.items.add(file);
    chosen.files = transfer.files;
  }

  // Files that were not received stay selected, so that they can be sent again.
  async function sendAll(files, pasted) {
    sending.replaceChildren();
    const rows = files.map((file) => rowFor(file.name));
    const textRow = pasted.trim() ? rowFor("粘贴的文字") : null;
    const left = [];
    for (const [index, file] of files.entries()) {
      if (!(await send(rows[index], { files: file }))) left.push(file);
    }
    choose(left);
    if (textRow && (await send(textRow, { text: pasted, html: html.value }))) text.value = html.value = "";
    const refused = sending.querySelectorAll(".refused").length;
    const received = sending.children.length - refused;
    status.textContent = `已收下 ${received} 份` + (refused ? `，${refused} 份没有收下` : "") + "。";
  }

  function rowFor(name) {
    const row = document.createElement("li");
    const title = document.createElement("bdi");
    title.textContent = name;
    const bar = document.createElement("progress");
    bar.max = 1;
    bar.value = 0;
    bar.setAttribute("aria-label", `发送“${name}”`);
    const said = document.createElement("p");
    said.textContent = "等待发送";
    row.append(title, " ", bar, said);
    sending.append(row);
    return { bar, said, name };
  }

  function send(row, part) {
    const body = new FormData(form);
    for (const name of ["files", "text", "html", "complete"]) body.delete(name);
    for (const [name, value] of Object.entries(part)) body.append(name, value);
    body.append("complete", "1"); // the last part, for the server to see that all came
    if (part.files && part.files.size > Number(form.dataset.mostBytes)) {
      return tell(row, `超过 ${form.dataset.most}，没有发送。请确认文件，或拆分、压缩后再传。`);
    }
    row.said.textContent = "正在发送";
    return new Promise((resolve) => {
      const request = new XMLHttpRequest();
      request.upload.addEventListener("progress", ({ loaded, total }) => (row.bar.value = total ? loaded / total : 0));
      request.addEventListener("load", () => resolve(tell(row, refusalIn(request))));
      request.addEventListener("error", () => resolve(tell(row, "网络中断，没有收到回音。请再传一次，重复的不会收录两遍。")));
      request.open("POST", form.action);
      request.send(body);
    });
  }

  // The reason why the file was not received, if any. The response is the page with the new list.
  function refusalIn(request) {
    const page = new DOMParser().parseFromString(request.responseText, "text/html");
    const isOurs = new URL(request.responseURL).pathname === new URL(form.action).pathname;
    if (request.status === 200 && isOurs) {
      showList(page);
      return "";
    }
    if (request.status === 200) return "登录已过期，没有收下。请重新登录后再传。";
    return page.querySelector(".errornote")?.textContent.trim() || `没有收下（${request.status}）。请刷新本页后再传。`;
  }

  function showList(page) {
    const list = page.getElementById("uploads");
    if (!list) return;
    document.getElementById("uploads").replaceWith(document.adoptNode(list));
    window.htmx.process(list);
  }

  function tell(row, refusal) {
    row.said.textContent = refusal || "已收下，排队读取";
    row.said.classList.toggle("refused", Boolean(refusal));
    row.bar.value = refusal ? 0 : 1;
    return !refusal;
  }
})();
