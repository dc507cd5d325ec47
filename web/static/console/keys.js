// The keys of the console; "?" lists them.
import { openDrawer, closeDrawer } from "./drawer.js";

const rows = () => [...document.querySelectorAll("main [data-href]")];

function move(by) {
  const all = rows();
  if (all.length === 0) return;
  const at = all.findIndex((r) => r.classList.contains("chosen"));
  const next = all[Math.min(Math.max(at + by, 0), all.length - 1)];
  all[at]?.classList.remove("chosen");
  next.classList.add("chosen");
  next.scrollIntoView({ block: "nearest" });
  if (!document.getElementById("drawer").hidden) openDrawer(next);
}

const actions = {
  "/": () => document.querySelector("[data-search]")?.focus(),
  j: () => move(1),
  k: () => move(-1),
  Enter: () => {
    const row = document.querySelector("main .chosen[data-href]");
    if (row) openDrawer(row);
  },
  "?": () => document.getElementById("keylist").showModal(),
};

export function keys() {
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && closeDrawer()) return;
    if (event.metaKey || event.ctrlKey || event.altKey) return;
    if (event.target.closest("input, textarea, select, dialog[open]")) return;
    if (event.key === "Enter" && event.target.closest("a, button, summary")) return;
    const act = actions[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
}
