// The search of the web edition: what is typed finds sections, words of the glossary and articles, even where a letter is
// wrong. What there is to find is in a file of its own, which is loaded when somebody begins to search.
"use strict";

(() => {
  const form = document.querySelector("form.search");
  const input = form.querySelector("input");
  const status = form.querySelector(".status");
  const results = form.querySelector(".results");
  // More than anybody reads, and few enough to be listed at each letter.
  const MOST = 200;
  let things = null;

  // Letters without accents, in words.
  const words = (text) =>
    text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().split(/[^\p{L}\p{N}]+/u).filter(Boolean);

  const read = () => {
    things = window.fascicle.map(([name, kind, address, others, isDetail], order) => ({
      name, kind, address, isDetail, order, inName: words(name), inOthers: words(others),
    }));
  };

  // How many letters must change, come or go, or swap places, to make one word the other; more than `most` is not counted
  // (optimal string alignment).
  const distance = (a, b, most) => {
    if (Math.abs(a.length - b.length) > most) return most + 1;
    let [before, row] = [null, [...Array(b.length + 1).keys()]];
    for (let i = 1; i <= a.length; i++) {
      const next = [i];
      for (let j = 1; j <= b.length; j++) {
        next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
        if (before && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) next[j] = Math.min(next[j], before[j - 2] + 1);
      }
      [before, row] = [row, next];
    }
    return row[b.length];
  };

  // How well a typed word fits a word, from 0 to 1.
  const fit = (typed, word) => {
    if (word === typed) return 1;
    if (word.startsWith(typed)) return 0.7 + 0.2 * (typed.length / word.length);
    const most = typed.length < 4 || /\d/.test(typed) ? 0 : typed.length < 8 ? 1 : 2;
    if (most === 0) return 0;
    const whole = distance(typed, word, most);
    if (whole <= most) return 0.6 - 0.1 * whole;
    const start = distance(typed, word.slice(0, typed.length), most);
    return start <= most ? 0.5 - 0.1 * start : 0;
  };

  const best = (typed, all) => all.reduce((most, word) => Math.max(most, fit(typed, word)), 0);

  // How well a thing fits all that was typed; 0 if a word of it fits nothing.
  const score = (thing, typed) => {
    let sum = 0;
    for (const word of typed) {
      const here = Math.max(best(word, thing.inName), 0.95 * best(word, thing.inOthers));
      if (here === 0) return 0;
      sum += here;
    }
    const surplus = Math.max(0, thing.inName.length - typed.length);
    return sum / typed.length - 0.01 * surplus - (thing.isDetail ? 0.1 : 0);
  };

  const show = () => {
    const typed = words(input.value);
    results.replaceChildren();
    status.textContent = "";
    if (!things || typed.length === 0) return;
    const found = [];
    for (const thing of things) {
      const points = score(thing, typed);
      if (points > 0) found.push({ thing, points });
    }
    found.sort((a, b) => b.points - a.points || a.thing.order - b.thing.order);
    status.textContent = found.length
      ? form.dataset.found.replace("{count}", found.length)
      : form.dataset.nothing;
    for (const { thing } of found.slice(0, MOST)) {
      const link = document.createElement("a");
      link.href = thing.address;
      link.textContent = thing.name;
      const kind = document.createElement("span");
      kind.className = "kind";
      kind.textContent = thing.kind;
      const item = document.createElement("li");
      item.append(link, " ", kind);
      results.append(item);
    }
  };

  const load = () => {
    if (things || form.querySelector("script")) return;
    const script = document.createElement("script");
    script.src = form.dataset.index;
    script.onload = () => { read(); show(); };
    form.append(script);
  };

  const links = () => [...results.querySelectorAll("a")];

  form.hidden = false;
  input.addEventListener("focus", load);
  input.addEventListener("input", () => { load(); show(); });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const [first] = links();
    if (first) first.click();
  });
  form.addEventListener("keydown", (event) => {
    const all = links();
    const at = all.indexOf(document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1 }[event.key];
    if (event.key === "Escape") {
      input.value = "";
      show();
      input.focus();
    } else if (to !== undefined) {
      event.preventDefault();
      (all[to] ?? (to < 0 ? input : document.activeElement)).focus();
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && !/^(INPUT|TEXTAREA)$/.test(document.activeElement.tagName)) {
      event.preventDefault();
      input.focus();
    }
  });
})();
