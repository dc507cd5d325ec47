// The page listens to the simulator's events and, when one concerns it, asks for
// itself again and puts the new regions in place of the old: the server draws,
// this module only carries.

let running = false;
let again = false;

export async function refresh() {
  if (running) {
    again = true;
    return;
  }
  running = true;
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    if (answer.ok) replace(new DOMParser().parseFromString(await answer.text(), "text/html"));
  } catch {
    // the stream tells when the simulator is gone
  }
  running = false;
  if (again) {
    again = false;
    refresh();
  }
}

// replace swaps every region whose content changed, but one that is being typed in.
function replace(page) {
  for (const fresh of page.querySelectorAll("[data-region]")) {
    const old = document.querySelector(`[data-region="${CSS.escape(fresh.dataset.region)}"]`);
    if (!old || old.innerHTML === fresh.innerHTML || typing(old)) continue;
    const known = new Set([...old.querySelectorAll("[id]")].map((e) => e.id));
    const chosen = old.querySelector(".chosen")?.id;
    const at = whereIs(document.activeElement);
    old.replaceChildren(...fresh.childNodes);
    if (at && !document.activeElement?.matches(at)) old.querySelector(at)?.focus({ preventScroll: true });
    for (const row of old.querySelectorAll("tr[id], li[id]")) if (!known.has(row.id)) row.classList.add("fresh");
    if (chosen) document.getElementById(chosen)?.classList.add("chosen");
  }
}

// whereIs finds what is focused again on the fresh page, so that who goes by keyboard
// does not begin anew with every event.
function whereIs(element) {
  if (element?.id) return "#" + CSS.escape(element.id);
  for (const name of ["data-copy", "href"]) {
    const value = element?.getAttribute(name);
    if (value) return `[${name}="${CSS.escape(value)}"]`;
  }
  return "";
}

function typing(region) {
  const at = document.activeElement;
  return at && region.contains(at) && at.matches("input, textarea, select");
}

function show(word, down) {
  const live = document.getElementById("live");
  if (!live) return;
  live.hidden = false;
  live.classList.toggle("down", down);
  live.querySelector("[data-word]").textContent = word;
}

// listen opens the stream; the browser reconnects by itself and replays what it missed.
export function listen() {
  const { events, live } = document.body.dataset;
  if (!events) return;
  let timer = 0;
  const due = () => {
    if (!timer) timer = setTimeout(() => { timer = 0; refresh(); }, 150);
  };
  const stream = new EventSource(events);
  stream.onopen = () => show("live", false);
  stream.onerror = () => show("reconnecting", true);
  for (const kind of [...(live ?? "").split(" "), "clock", "scenarios", "sandbox", "reset"]) {
    if (kind) stream.addEventListener(kind, due);
  }
  addEventListener("pagehide", () => stream.close());
}
