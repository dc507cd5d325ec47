// A search field narrows a list on the page as one types.
export function filters() {
  for (const field of document.querySelectorAll("input[data-filter]")) {
    field.addEventListener("input", () => {
      const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
      for (const item of document.querySelectorAll(field.dataset.filter)) {
        const text = (item.dataset.outcome ?? item.textContent).toLowerCase();
        item.hidden = !words.every((w) => text.includes(w));
      }
      for (const section of document.querySelectorAll("main section")) {
        const rows = section.querySelectorAll(field.dataset.filter);
        section.hidden = rows.length > 0 && [...rows].every((r) => r.hidden);
      }
    });
  }
}
