// Submits the page's form, at once or after the pause that it asks for; the button
// does the same without this script.
(function () {
  var form = document.getElementById("autopost");
  if (!form) return;
  var follows = document.getElementById("follows");
  var timer = 0;

  // Reload and the back button fetch the page anew instead of sending again the
  // form that led to it.
  var own = form.getAttribute("data-own");
  if (own) {
    try { history.replaceState(null, "", own); } catch (e) { /* a sandboxed frame has no history of its own */ }
  }

  function tell() {
    var message = form.getAttribute("data-parent-message");
    if (message && window.parent !== window) window.parent.postMessage(message, "*");
  }
  form.addEventListener("submit", function () {
    clearTimeout(timer);
    tell();
  });

  function go() {
    tell();
    // The form's own submit may be hidden by a field of that name.
    HTMLFormElement.prototype.submit.call(form);
  }
  // Who goes back wants to stay.
  function stay() {
    clearTimeout(timer);
    var words = form.getAttribute("data-stays");
    if (follows && words) follows.textContent = words;
  }
  window.addEventListener("pageshow", function (event) { if (event.persisted) stay(); });

  var visit = performance.getEntriesByType("navigation")[0];
  var pause = Number(form.getAttribute("data-pause"));
  if (own && visit && visit.type === "back_forward") stay();
  else if (pause > 0) timer = setTimeout(go, 1000 * pause);
  else go();
})();
