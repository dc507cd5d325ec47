// The drawer shows a row's own page beside the list.

const drawer = () => document.getElementById("drawer");
let opener = null;

export async function openDrawer(row) {
  const href = row.dataset.href;
  let page;
  try {
    const answer = await fetch(href, { headers: { Accept: "text/html" } });
    if (!answer.ok) throw new Error(answer.statusText);
    page = new DOMParser().parseFromString(await answer.text(), "text/html");
  } catch {
    location.href = href; // the page itself says what is wrong
    return;
  }
  document.querySelector(".chosen")?.classList.remove("chosen");
  row.classList.add("chosen");
  opener = row;
  const box = drawer();
  const bar = document.createElement("p");
  bar.className = "right";
  bar.innerHTML = '<a class="button quiet" data-whole>Whole page</a> <button class="quiet" data-close>Close</button>';
  bar.querySelector("[data-whole]").href = href;
  const heading = document.createElement("h2");
  heading.textContent = page.querySelector("main h1")?.textContent ?? "";
  box.replaceChildren(bar, heading, ...(page.querySelector('[data-region="content"]')?.childNodes ?? []));
  box.hidden = false;
  box.scrollTop = 0;
  box.focus({ preventScroll: true });
}

export function closeDrawer() {
  const box = drawer();
  if (!box || box.hidden) return false;
  box.hidden = true;
  opener?.querySelector("a.open")?.focus({ preventScroll: true });
  opener = null;
  return true;
}
