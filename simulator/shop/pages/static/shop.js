// The shop works without this: it presses the buttons and keeps the messages fresh.

// The way to the bank, and back out of its frame.
const toBank = document.getElementById("to-bank");
if (toBank) {
  toBank.requestSubmit();
  toBank.hidden = Boolean(toBank.target);
}
const { return: back, order } = document.body.dataset;
if (back) top.location.href = back;

// A test card is picked by a click.
for (const card of document.querySelectorAll("[data-number]")) {
  card.addEventListener("click", () => {
    document.getElementById("number").value = card.dataset.number;
    document.getElementById("pay").focus();
  });
}

// The messages, as they happen: asked for one answer at a time, so that none overtakes
// a later one.
if (order) {
  const stream = new EventSource(`/order/${order}/events`);
  let asking = false;
  let again = false;
  const refresh = async () => {
    again = asking;
    if (asking) return;
    asking = true;
    try {
      const answer = await fetch(`/order/${order}/messages`);
      if (answer.ok) show(new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("messages"));
    } catch {
      // the page is being left, or the shop is gone: the stream comes back when it does
    }
    asking = false;
    if (again) refresh();
  };
  const show = (fresh) => {
    const old = document.getElementById("messages");
    const open = [...old.querySelectorAll("details")].map((d) => d.open);
    [...fresh.querySelectorAll("details")].forEach((d, i) => { d.open = open[i] ?? false; });
    old.replaceWith(fresh);
    if (fresh.dataset.state !== "running") stream.close();
  };
  stream.onmessage = refresh;
  addEventListener("pagehide", () => stream.close());
}
