// The download site: what is typed into the field finds handouts by their titles and by the other names of what they are about.
"use strict";

(() => {
  const form = document.querySelector("form.finder");
  if (!form) return;
  const input = form.querySelector("input");
  const status = form.querySelector("[role=status]");

  // Letters without accents, in words.
  const words = (text) =>
    text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().split(/[^\p{L}\p{N}]+/u).filter(Boolean);

  const lists = [...form.parentElement.querySelectorAll(".handouts")].map((list) => ({
    list,
    heading: list.previousElementSibling,
    items: [...list.children].map((item) => ({
      item, words: words(`${item.querySelector("a")?.textContent ?? item.textContent} ${item.dataset.names ?? ""}`),
    })),
  }));

  const show = () => {
    const typed = words(input.value);
    let count = 0;
    for (const { list, heading, items } of lists) {
      let shown = 0;
      for (const { item, words } of items) {
        item.hidden = !typed.every((begin) => words.some((word) => word.startsWith(begin)));
        shown += item.hidden ? 0 : 1;
      }
      list.hidden = heading.hidden = shown === 0;
      count += shown;
    }
    if (typed.length === 0) status.textContent = "";
    else status.textContent = count ? form.dataset.found.replace("{count}", count) : form.dataset.nothing;
  };

  input.addEventListener("input", show);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.hidden = false;
  show();
})();
