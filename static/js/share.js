// Buttons that share a page or copy a text, hidden unless the browser supports that.
"use strict";

(() => {
  const status = document.createElement("p");
  status.className = "visually-hidden";
  status.setAttribute("role", "status");
  document.body.append(status);

  const address = () => document.querySelector("link[rel=canonical]")?.href ?? location.href;

  function offer(selector, isPossible, act) {
    for (const button of document.querySelectorAll(selector)) {
      button.hidden = !isPossible;
      button.addEventListener("click", () => act(button));
    }
  }

  async function copy(text, button) {
    const words = button.textContent;
    try {
      await navigator.clipboard.writeText(text);
      status.textContent = "已复制";
      button.textContent = "已复制";
    } catch {
      status.textContent = "没有复制：浏览器不允许，请选中文字后复制";
      button.textContent = "请选中文字后复制";
    }
    setTimeout(() => (button.textContent = words), 2000);
  }

  offer("[data-share]", Boolean(navigator.share), () => {
    // Closing the share sheet is not an error.
    navigator.share({ title: document.title, url: address() }).catch(() => {});
  });
  offer("[data-copy-address]", Boolean(navigator.clipboard), (button) => copy(address(), button));
  offer("[data-copy]", Boolean(navigator.clipboard), (button) => {
    const part = document.getElementById(button.dataset.copy);
    copy((part.value ?? part.textContent).trim(), button);
  });
})();
