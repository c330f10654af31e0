// The preview while somebody writes: what is saved takes the place of what is on the page, block by block; findings stand
// at their paragraphs; a click tells where a paragraph was written, and opens it in the editor; the printed page is beside
// the text when it is asked for.
"use strict";

(() => {
  const make = (name, attributes = {}, ...children) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children);
    return made;
  };
  // Names in back-ticks.
  const quoted = (text) => text.split("`").map((part, at) => (at % 2 ? make("code", {}, part) : part));
  const counted = (number, noun) => `${number} ${noun}${number === 1 ? "" : "s"}`;
  const here = () => location.pathname.slice(1) || "index.html";

  // The bar at the lower edge, and what it opens.
  const status = make("span", { class: "preview-status", role: "status" });
  const place = make("button", { type: "button", class: "preview-place", title: "Copy" });
  const moved = make("span", { class: "preview-moved" });
  const count = make("button", { type: "button", class: "preview-count", "aria-expanded": "false" });
  const print = make("button", { type: "button", class: "preview-print", "aria-expanded": "false" }, "Printed page");
  const bar = make("aside", { id: "preview", "aria-label": "Preview" }, status, moved, place, count, print);
  const list = make("section", { id: "preview-findings", "aria-label": "Findings", hidden: "" });
  const sheet = make("img", { alt: "" });
  const pages = make("span", { class: "preview-pages" });
  const back = make("button", { type: "button", title: "The page before" }, "‹");
  const on = make("button", { type: "button", title: "The next page" }, "›");
  const pdf = make("a", { href: "/-/book.pdf", target: "_blank" }, "PDF");
  const paper = make("aside", { id: "preview-paper", "aria-label": "Printed page", hidden: "" },
    make("p", {}, back, pages, on, pdf), sheet);
  place.hidden = true;
  document.body.append(bar, list, paper);

  let news = { revision: 0, findings: [], changed: [] };
  // The revision that the page shows; that of the page as it came is not known.
  let shown = null;

  // What stands in the page of a place in the files: the innermost block, else the last one before.
  const blocks = (file) => [...document.querySelectorAll(`main [data-file="${CSS.escape(file)}"]`)];
  const lines = (block) => block.dataset.lines.split("-").map(Number);
  const blockAt = (file, line) => {
    let found = null;
    for (const block of blocks(file)) {
      const [first, last] = lines(block);
      const inner = found && lines(found);
      if (first <= line && (!found || line <= last || first >= inner[0])) found = block;
    }
    return found;
  };

  // Findings at their paragraphs, and all of them in a list.
  const note = (finding) => {
    const noted = make("aside", { class: `preview-finding ${finding.severity}`, role: "note" });
    const where = finding.file ? `${finding.file}:${finding.line}` : "";
    noted.append(
      make("strong", {}, `${finding.severity}: `), ...quoted(finding.message),
      make("p", {}, ...quoted(finding.help), " ", make("code", { class: "preview-rule" }, finding.code), " ",
        ...(where ? [make("button", { type: "button", "data-open": where }, where)] : [])));
    return noted;
  };
  const lay = () => {
    document.querySelectorAll("main .preview-finding").forEach((old) => old.remove());
    const last = new Map();
    const top = document.querySelector("main");
    for (const finding of news.findings) {
      const isHere = finding.page && finding.page.split("#")[0] === here();
      let block = finding.file && blockAt(finding.file, finding.line);
      if (!block && !isHere) continue;
      // Where nothing may stand between two parts, it stands behind the whole.
      block = block && (block.closest("table")?.parentElement ?? block);
      const noted = note(finding);
      if (!block) top.prepend(noted);
      else if (block.matches("li, dd, dt, div.entry")) block.append(noted);
      else (last.get(block) ?? block).after(noted);
      if (block) last.set(block, noted);
    }
    list.replaceChildren(...news.findings.map((finding) => {
      const noted = note(finding);
      if (finding.page) noted.append(" ", make("a", { href: `/${finding.page}` }, "show"));
      return noted;
    }));
    const number = (severity) => news.findings.filter((it) => it.severity === severity).length;
    const [errors, warnings] = [number("error"), number("warning")];
    count.textContent = `${counted(errors, "error")}, ${counted(warnings, "warning")}`;
    count.className = `preview-count ${errors ? "error" : warnings ? "warning" : ""}`;
    if (!news.findings.length) {
      list.hidden = true;
      count.setAttribute("aria-expanded", "false");
    }
  };

  // What stays the same where only lines above, and with them the numbers of places, have come or gone.
  const sameness = (node) => node.outerHTML?.replace(/ (data-lines|id|href)="[^"]*"/g, "") ?? node.nodeValue;
  const same = (old, fresh) => old.nodeName === fresh.nodeName && sameness(old) === sameness(fresh);
  const takeAttributes = (old, fresh) => {
    for (const { name } of [...old.attributes]) if (!fresh.hasAttribute(name)) old.removeAttribute(name);
    for (const { name, value } of fresh.attributes) if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  };
  const takeNumbers = (old, fresh) => {
    if (!(old instanceof Element) || old.outerHTML === fresh.outerHTML) return;
    takeAttributes(old, fresh);
    [...old.children].forEach((child, at) => takeNumbers(child, fresh.children[at]));
  };
  // Shows for a moment what is new.
  let touched = new Set();
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const mark = (node) => {
    const block = node instanceof Element ? node : node.parentElement;
    touched.add(block);
    if (!calm.matches) block.animate([{ backgroundColor: "rgb(90 160 255 / 40%)" }, {}], { duration: 1500, easing: "ease-out" });
  };
  // Makes one node the other, and touches nothing that stays.
  const become = (old, fresh) => {
    if (same(old, fresh)) return takeNumbers(old, fresh);
    if (old.nodeName !== fresh.nodeName || !(old instanceof Element)) {
      old.replaceWith(fresh);
      return mark(fresh);
    }
    takeAttributes(old, fresh);
    const [a, b] = [[...old.childNodes], [...fresh.childNodes]];
    let start = 0;
    while (start < Math.min(a.length, b.length) && same(a[start], b[start])) takeNumbers(a[start], b[start++]);
    let end = 0;
    while (end < Math.min(a.length, b.length) - start && same(a.at(-1 - end), b.at(-1 - end))) {
      takeNumbers(a.at(-1 - end), b.at(-1 - end));
      end++;
    }
    const [gone, come] = [a.slice(start, a.length - end), b.slice(start, b.length - end)];
    const pairs = Math.min(gone.length, come.length);
    for (let at = 0; at < pairs; at++) become(gone[at], come[at]);
    gone.slice(pairs).forEach((node) => node.remove());
    const behind = a[a.length - end] ?? null;
    for (const node of come.slice(pairs)) {
      old.insertBefore(node, behind);
      if (node instanceof Element) mark(node);
    }
    if (old.matches("p, li, h1, h2, h3, h4, td, th, dd, dt, figcaption") && gone.length + come.length) mark(old);
  };

  // What is read stays where it is, whatever comes or goes above it.
  const keeping = (change) => {
    const tops = [...document.querySelectorAll("main [data-file], main [id]")]
      .map((block) => [block, block.getBoundingClientRect()])
      .filter(([, { top, bottom }]) => bottom > 0 && top < innerHeight)
      .map(([block, { top }]) => [block, top]);
    // First those that begin in the window; then, from the innermost, those around its upper edge.
    const around = tops.findIndex(([, top]) => top >= 0);
    tops.push(...tops.splice(0, around < 0 ? tops.length : around).reverse());
    touched = new Set();
    change();
    const [block, top] = tops.find(([block]) => block.isConnected && !touched.has(block)) ?? [];
    // At the upper end of the page, what is new there is what is wanted.
    if (block && scrollY > 0) scrollBy({ top: block.getBoundingClientRect().top - top, behavior: "instant" });
  };

  const update = async () => {
    const revision = news.revision;
    const answer = await fetch(location.pathname, { cache: "no-store" });
    if (revision !== news.revision) return;
    if (answer.status === 404) {
      status.replaceChildren("This page is no longer in the book. ", make("a", { href: "/" }, "To its beginning"));
      return;
    }
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (revision !== news.revision) return;
    const isFirst = !document.querySelector("body > header");
    if (isFirst && fresh.querySelector("body > header")) return location.reload();
    document.title = fresh.title;
    keeping(() => {
      document.querySelectorAll("main .preview-finding").forEach((old) => old.remove());
      for (const part of ["main", ".contents", "body > footer"]) {
        const [old, next] = [document.querySelector(part), fresh.querySelector(part)];
        if (old && next) become(old, next);
      }
      lay();
    });
    shown = revision;
    document.documentElement.dataset.revision = revision;
    // Pages are laid out when the whole book is there.
    if (!paper.hidden && news.whole) follow();
  };

  const tell = () => {
    status.className = "preview-status";
    if (news.problem) {
      status.textContent = news.problem;
      status.classList.add("error");
    } else if (!news.current && news.findings.length) {
      status.textContent = "A file cannot be read: the page is as it was before";
      status.classList.add("error");
    } else {
      status.textContent = news.revision ? "As saved" : "Reading …";
    }
    const elsewhere = news.changed.filter(({ page }) => page && page.split("#")[0] !== here());
    const links = elsewhere.slice(0, 3).flatMap(({ file, page }) => [" ", make("a", { href: `/${page}` }, file)]);
    moved.replaceChildren(...(links.length ? ["Changed:", ...links] : []));
  };

  const listen = () => {
    const source = new EventSource("/-/news");
    source.onmessage = ({ data }) => {
      news = JSON.parse(data);
      tell();
      if (news.revision && news.revision !== shown) update();
      else keeping(lay);
    };
    source.onerror = () => {
      status.textContent = "The preview has ended: start it again with `fascicle watch`";
      status.className = "preview-status error";
      // It may come back with other pages.
      shown = null;
    };
  };

  // A click tells the place, and opens it.
  const open = async (file, line) => {
    place.hidden = false;
    place.textContent = `${file}:${line}`;
    if (!news.editor) return;
    const answer = await fetch("/-/open", {
      method: "POST",
      headers: { "X-Fascicle-Token": news.token },
      body: JSON.stringify({ file, line: Number(line) }),
    });
    if (!answer.ok) status.textContent = await answer.text();
  };
  place.addEventListener("click", () => navigator.clipboard?.writeText(place.textContent));
  document.addEventListener("click", (event) => {
    const asked = event.target.closest("[data-open]");
    if (asked) {
      const at = asked.dataset.open.lastIndexOf(":");
      open(asked.dataset.open.slice(0, at), asked.dataset.open.slice(at + 1));
      return;
    }
    if (event.target.closest("a, button, input, label, summary, .preview-finding")) return;
    if (!getSelection().isCollapsed) return;
    const block = event.target.closest("main [data-file]");
    if (block) open(block.dataset.file, lines(block)[0]);
  });

  count.addEventListener("click", () => {
    list.hidden = !list.hidden;
    count.setAttribute("aria-expanded", String(!list.hidden));
  });

  // The printed page of what is at the upper edge of the window.
  let printed = null;
  let turned = 0;
  const atTop = () => {
    const main = document.querySelector("main");
    let found = main.querySelector("[id]");
    for (const it of main.querySelectorAll("section[id], h2[id], h3[id], h4[id], li[id]")) {
      if (it.getBoundingClientRect().top > innerHeight / 3) break;
      found = it;
    }
    return found?.id ?? "";
  };
  const turn = (to) => {
    turned = Math.max(0, Math.min(to, printed.labels.length - 1));
    pages.textContent = `Page ${printed.labels[turned] || "–"} (${turned + 1} of ${printed.labels.length})`;
    sheet.alt = pages.textContent;
    const address = `/-/paper/${turned}.png?${printed.revision}`;
    if (sheet.getAttribute("src") !== address) sheet.src = address;
    pdf.href = `/-/book.pdf#page=${printed.before + turned + 1}`;
  };
  let asked = 0;
  const follow = async () => {
    const mine = ++asked;
    if (!printed) pages.textContent = "The pages are being laid out …";
    paper.setAttribute("aria-busy", "true");
    const answer = await fetch(`/-/paper?place=${atTop()}`);
    const told = await answer.json();
    if (mine !== asked) return;
    paper.removeAttribute("aria-busy");
    if (told.problem !== undefined) {
      pages.textContent = told.problem;
      return;
    }
    printed = told;
    turn(told.page);
  };
  print.addEventListener("click", () => {
    paper.hidden = !paper.hidden;
    print.setAttribute("aria-expanded", String(!paper.hidden));
    document.documentElement.classList.toggle("with-paper", !paper.hidden);
    if (!paper.hidden) follow();
  });
  back.addEventListener("click", () => printed && turn(turned - 1));
  on.addEventListener("click", () => printed && turn(turned + 1));
  let resting = 0;
  addEventListener("scroll", () => {
    clearTimeout(resting);
    if (!paper.hidden && printed) resting = setTimeout(follow, 150);
  }, { passive: true });

  tell();
  listen();
})();
