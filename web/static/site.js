// Comfort only: every page works without this file. Parts: input methods, search box, filters, keys.
"use strict";

const box = document.getElementById("q");
const form = box && box.form;
const status = document.getElementById("status");
const SUGGEST_AFTER_MS = 150;
const FILTER_AFTER_MS = 300;
const BUSY_AFTER_MS = 400;

// Says something to people who see and to those who hear; announcements are for the latter alone.
const say = (text, isShown) => {
  status.classList.toggle("visually-hidden", !isShown);
  status.textContent = text;
};
let busy = 0;
const expectAnswer = () => {
  clearTimeout(busy);
  busy = setTimeout(() => say(status.dataset.searching, true), BUSY_AFTER_MS);
};
const answered = (text = "") => {
  clearTimeout(busy);
  say(text, false);
};

// Input methods. While characters are composed nothing is asked and nothing is sent; the end counts one task
// later, because Safari sends the Enter that confirms a candidate after compositionend, with key code 229.
let composing = false;
const isComposing = (event) => composing || event.isComposing || event.keyCode === 229;
document.addEventListener("compositionstart", () => {
  composing = true;
});
document.addEventListener("compositionend", (event) => {
  setTimeout(() => {
    composing = false;
    if (event.target === box) suggestSoon();
  });
});

// Search box: a combobox with a list of suggestions.
let list = null;
let items = [];
let active = -1;
let wait = 0;
let asking = null;

const close = () => {
  clearTimeout(wait);
  if (asking) asking.abort();
  asking = null;
  active = -1;
  items = [];
  if (!list) return;
  list.hidden = true;
  box.setAttribute("aria-expanded", "false");
  box.removeAttribute("aria-activedescendant");
};

const activate = (number) => {
  active = number;
  [...list.children].forEach((option, at) => option.setAttribute("aria-selected", String(at === active)));
  if (active < 0) box.removeAttribute("aria-activedescendant");
  else box.setAttribute("aria-activedescendant", list.children[active].id);
};

const FILTER_KINDS = new Set(["region", "topic", "agency", "source"]);

const choose = (item) => {
  close();
  if (FILTER_KINDS.has(item.kind)) {
    const filter = document.createElement("input");
    Object.assign(filter, { type: "hidden", name: item.kind, value: item.value });
    form.append(filter);
    box.value = "";
  } else {
    box.value = item.text;
  }
  form.requestSubmit();
};

// Offsets of the interface count code points, as Array.from does.
const marked = (text, spans) => {
  const characters = Array.from(text);
  const parts = document.createElement("bdi");
  let at = 0;
  for (const [start, length] of spans) {
    const mark = document.createElement("mark");
    mark.textContent = characters.slice(start, start + length).join("");
    parts.append(characters.slice(at, start).join(""), mark);
    at = start + length;
  }
  parts.append(characters.slice(at).join(""));
  return parts;
};

const show = (found) => {
  items = found;
  const texts = form.dataset;
  list.replaceChildren(
    ...found.map((item, at) => {
      const option = document.createElement("li");
      const kind = document.createElement("span");
      kind.textContent = `${texts[item.kind]} ${item.count.toLocaleString(document.documentElement.lang)}`;
      option.id = `suggestion-${at}`;
      option.className = "suggestion";
      option.setAttribute("role", "option");
      option.append(marked(item.text, item.highlights), kind);
      option.addEventListener("click", () => choose(item));
      return option;
    }),
  );
  activate(-1);
  list.hidden = found.length === 0;
  box.setAttribute("aria-expanded", String(found.length > 0));
  if (found.length) say(texts.available.replace("{count}", found.length), false);
};

const suggest = async () => {
  const typed = box.value.trim();
  if (!typed || Array.from(typed).length > Number(form.dataset.longest)) return close();
  if (asking) asking.abort();
  const own = new AbortController();
  asking = own;
  try {
    const answer = await fetch(`${form.dataset.suggest}?${new URLSearchParams({ q: typed })}`, {
      signal: own.signal,
    });
    // A server that is busy has no suggestions to give; what is typed can be searched all the same.
    if (asking === own) show(answer.ok ? (await answer.json()).items : []);
  } catch (error) {
    if (error.name !== "AbortError") close();
  }
};

const suggestSoon = () => {
  clearTimeout(wait);
  if (document.activeElement === box) wait = setTimeout(suggest, SUGGEST_AFTER_MS);
};

if (form && form.dataset.suggest) {
  list = document.createElement("ul");
  Object.assign(list, { id: "suggestions", className: "suggestions", hidden: true });
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", form.dataset.label);
  // The box keeps the focus when a suggestion is clicked.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  form.append(list);
  const attributes = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false" };
  for (const [name, value] of Object.entries(attributes)) box.setAttribute(name, value);
  box.setAttribute("aria-controls", list.id);
  box.addEventListener("input", (event) => {
    if (!isComposing(event)) suggestSoon();
  });
  box.addEventListener("blur", close);
  box.addEventListener("keydown", (event) => {
    if (isComposing(event) || list.hidden) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      const places = items.length + 1; // the box itself is one of them
      activate(((active + 1 + step + places) % places) - 1);
    } else if (event.key === "Enter" && active >= 0) {
      event.preventDefault();
      choose(items[active]);
    } else if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      close();
    }
  });
}

document.addEventListener("submit", (event) => {
  if (composing) {
    event.preventDefault();
    return;
  }
  if (event.target.matches("[data-live-form]")) {
    event.preventDefault();
    clearTimeout(filtering);
    load(addressOf(event.target), true);
    return;
  }
  close();
  if (event.target.method === "get") expectAnswer();
  // Fields left empty stay out of the address; they are enabled again for the way back.
  for (const field of event.target.elements) {
    if (field.name && field.name !== "q" && !field.value) field.disabled = true;
  }
});
window.addEventListener("pageshow", () => {
  answered();
  for (const field of document.querySelectorAll("form :disabled")) field.disabled = false;
});

// Filters: the page of the new search is fetched, and its parts take the places of the old ones.
let filtering = 0;
let loading = null;
let shown = location.pathname + location.search;

const addressOf = (filters) => {
  const pairs = [...new FormData(filters)].filter(([, value]) => value);
  return `${new URL(filters.action).pathname}?${new URLSearchParams(pairs)}`;
};

// What names a field again on the new page.
const placeOf = (field) => field && field.name && [field.name, field.type === "checkbox" ? field.value : null];
const fieldAt = ([name, value]) =>
  [...document.querySelectorAll("[data-live-form] input:not([type=hidden])")].find(
    (field) => field.name === name && (value === null || field.value === value),
  );

const replaceParts = (fresh) => {
  const focused = placeOf(document.activeElement);
  const open = [...document.querySelectorAll("[data-live] details[open][data-key]")];
  const keys = new Set(open.map((details) => details.dataset.key));
  for (const part of document.querySelectorAll("[data-live]")) {
    const next = fresh.querySelector(`[data-live="${part.dataset.live}"]`);
    if (next) part.replaceWith(document.importNode(next, true));
  }
  for (const details of document.querySelectorAll("[data-live] details[data-key]")) {
    if (keys.has(details.dataset.key)) details.open = true;
  }
  document.title = fresh.title;
  const field = focused && fieldAt(focused);
  if (field) field.focus({ preventScroll: true });
};

const load = async (address, isNew) => {
  if (loading) loading.abort();
  const own = new AbortController();
  loading = own;
  expectAnswer();
  try {
    const answer = await fetch(address, { headers: { Accept: "text/html" }, signal: own.signal });
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (loading !== own) return;
    if (!fresh.querySelector('[data-live="list"]')) return location.assign(address);
    if (isNew) history.pushState(null, "", address);
    shown = address;
    replaceParts(fresh);
    answered(document.querySelector(".count").textContent);
  } catch (error) {
    if (error.name === "AbortError") return;
    answered();
    say(status.dataset.failed, true);
  }
};

document.addEventListener("change", (event) => {
  const filters = event.target.closest("[data-live-form]");
  if (!filters || composing) return;
  clearTimeout(filtering);
  filtering = setTimeout(() => load(addressOf(filters), true), FILTER_AFTER_MS);
});
window.addEventListener("popstate", () => {
  const address = location.pathname + location.search;
  if (address !== shown) load(address, false);
});
for (const bars of document.querySelectorAll(".bars")) bars.scrollLeft = bars.scrollWidth;

// Keys. WCAG 2.1.4: those without a modifier can be switched off, on the help page.
const shortcut = document.getElementById("shortcut");
const help = document.getElementById("box-help");
const isShortcutOn = () => localStorage.getItem("shortcut") !== "off";
const isTyping = (target) => target.closest("input, textarea, select, [contenteditable]") !== null;

document.addEventListener("keydown", (event) => {
  if (isComposing(event)) {
    if (event.key === "Enter" && event.target === box) event.preventDefault();
    return;
  }
  if (event.key === "Escape") {
    const open = document.querySelector(".drop[open]");
    if (open) {
      open.open = false;
      open.querySelector("summary").focus();
    } else if (event.target === box) box.blur();
  }
  const withModifier = event.ctrlKey || event.metaKey || event.altKey;
  if (withModifier || isTyping(event.target) || !isShortcutOn()) return;
  if (event.key === "/" && box) {
    event.preventDefault();
    box.focus();
    box.select();
  } else if (event.key === "?" && help) {
    event.preventDefault();
    help.open = true;
    help.querySelector("summary").focus();
  }
});

if (shortcut) {
  shortcut.checked = isShortcutOn();
  shortcut.closest("[hidden]").hidden = false;
  shortcut.addEventListener("change", () => localStorage.setItem("shortcut", shortcut.checked ? "on" : "off"));
}

// On the first page the box has the focus; not where that would bring up a keyboard that covers the page.
if (document.querySelector(".box-large") && matchMedia("(hover: hover) and (pointer: fine)").matches) box.focus();
