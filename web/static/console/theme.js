// The theme is set before the page is drawn. It follows the system until the
// switch is used; then it is remembered.
const kept = localStorage.getItem("theme");
if (kept) document.documentElement.dataset.theme = kept;
document.documentElement.classList.add("scripted");
