// Submits the page's form at once; the button does the same without this script.
(function () {
  var form = document.getElementById("autopost");
  if (!form) return;
  var message = form.getAttribute("data-parent-message");
  if (message && window.parent !== window) {
    window.parent.postMessage(message, "*");
  }
  // The form's own submit may be hidden by a field of that name.
  HTMLFormElement.prototype.submit.call(form);
})();
