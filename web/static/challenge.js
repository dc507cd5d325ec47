// Counts the time left and sends a form once. The page works without it.
(function () {
  var form = document.getElementById("challenge");
  var shown = document.getElementById("expires");
  var announce = document.getElementById("announce");
  if (!form || !shown) return;
  var own = form.getAttribute("action"); // form.action is the buttons of that name

  // Reload and the back button fetch the page anew instead of sending again the
  // form that led to it.
  try { history.replaceState(null, "", own); } catch (e) { /* a sandboxed frame has no history of its own */ }

  form.addEventListener("submit", function (event) {
    if (form.getAttribute("data-sent")) {
      event.preventDefault();
      return;
    }
    form.setAttribute("data-sent", "yes");
  });
  // A page that comes back from the browser's memory may be sent again.
  window.addEventListener("pageshow", function () { form.removeAttribute("data-sent"); });

  if (shown.getAttribute("data-running") !== "true") return;
  var seconds = Number(shown.getAttribute("data-seconds"));
  var end = Date.now() + 1000 * seconds;
  var warned = seconds <= 60; // then the page itself said so when it came
  var timer = setInterval(function () {
    var left = Math.max(0, Math.round((end - Date.now()) / 1000));
    shown.textContent = Math.floor(left / 60) + ":" + String(left % 60).padStart(2, "0");
    if (left <= 60 && !warned) {
      warned = true;
      announce.textContent = "One minute left to enter the code.";
    }
    if (left === 0) {
      clearInterval(timer);
      location.replace(own); // the server shows how it ended
    }
  }, 1000);
})();
