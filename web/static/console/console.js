// Small help for pages that work without it: live regions, drawer, keys, copying.
import { listen } from "./live.js";
import { openDrawer, closeDrawer } from "./drawer.js";
import { keys } from "./keys.js";
import { filters } from "./filter.js";

const themes = ["", "light", "dark"];

function nextTheme() {
  const root = document.documentElement;
  const next = themes[(themes.indexOf(root.dataset.theme ?? "") + 1) % themes.length];
  if (next) {
    root.dataset.theme = next;
    localStorage.setItem("theme", next);
  } else {
    delete root.dataset.theme;
    localStorage.removeItem("theme");
  }
  document.getElementById("theme").textContent = "Theme: " + (next || "system");
}

async function copy(element) {
  try {
    await navigator.clipboard.writeText(element.dataset.copy);
  } catch {
    return; // no permission: the text is there to be selected
  }
  element.classList.add("copied");
  document.getElementById("told").textContent = "Copied";
  setTimeout(() => {
    element.classList.remove("copied");
    document.getElementById("told").textContent = "";
  }, 1200);
}

function clicked(event) {
  const copied = event.target.closest("[data-copy]");
  if (copied) {
    event.preventDefault();
    copy(copied);
    return;
  }
  if (event.target.closest("[data-close]")) {
    event.preventDefault();
    closeDrawer();
    return;
  }
  if (event.target.closest("button, form, a:not(.open)")) return;
  const row = event.target.closest("[data-href]");
  if (!row || event.metaKey || event.ctrlKey || event.shiftKey || getSelection()?.toString()) return;
  event.preventDefault();
  openDrawer(row);
}

document.addEventListener("click", clicked);
document.getElementById("theme")?.addEventListener("click", nextTheme);
document.getElementById("keys")?.addEventListener("click", () => document.getElementById("keylist").showModal());
document.getElementById("sandbox")?.addEventListener("change", (event) => event.target.form.submit());
keys();
filters();
listen();
