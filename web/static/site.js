// Comfort only: every page works without this file.
"use strict";

const box = document.getElementById("q");
// WCAG 2.1.4: a key without modifier can be switched off, on the help page.
const shortcut = document.getElementById("shortcut");
const isShortcutOn = () => localStorage.getItem("shortcut") !== "off";
const isTyping = (target) => target.closest("input, textarea, select, [contenteditable]") !== null;

const help = document.getElementById("box-help");

document.addEventListener("keydown", (event) => {
  // Safari sends the Enter that ends a composition with key code 229 after compositionend.
  if (event.isComposing || event.keyCode === 229) {
    if (event.key === "Enter" && event.target === box) event.preventDefault();
    return;
  }
  if (event.key === "Escape" && help.open) {
    help.open = false;
    help.querySelector("summary").focus();
  }
  const withModifier = event.ctrlKey || event.metaKey || event.altKey;
  if (event.key === "/" && box && !withModifier && !isTyping(event.target) && isShortcutOn()) {
    event.preventDefault();
    box.focus();
    box.select();
  }
});

// Fields left empty stay out of the address; they are enabled again for the way back.
document.addEventListener("submit", (event) => {
  for (const field of event.target.elements) {
    if (field.name && field.name !== "q" && !field.value) field.disabled = true;
  }
});
window.addEventListener("pageshow", () => {
  for (const field of document.querySelectorAll("form :disabled")) field.disabled = false;
});

if (shortcut) {
  shortcut.checked = isShortcutOn();
  shortcut.closest("[hidden]").hidden = false;
  shortcut.addEventListener("change", () => localStorage.setItem("shortcut", shortcut.checked ? "on" : "off"));
}
