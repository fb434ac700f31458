"use strict";
// Sends an import and shows how far it is. Without it the form works all the same: one waits in silence.

function watch(form) {
  const status = form.querySelector("[data-import-status]");
  if (!status) return;
  const bar = status.querySelector("progress");
  const text = status.querySelector("span");

  const look = async () => {
    const answer = await fetch(form.dataset.import, { cache: "no-store" });
    const { done, of } = await answer.json();
    if (done && done < of) {
      bar.max = of;
      bar.value = done;
      text.textContent = text.dataset.running.replace("{done}", done).replace("{of}", of);
    } else {
      bar.removeAttribute("value");
      text.textContent = text.dataset.saving;
    }
  };

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const fields = new FormData(form);
    const buttons = form.querySelectorAll("button");
    for (const button of buttons) button.disabled = true;
    status.hidden = false;
    text.textContent = text.dataset.saving;
    const timer = setInterval(() => look().catch(() => {}), 700);
    try {
      const headers = { Accept: "application/json" };
      const answer = await fetch(form.action, { method: "POST", body: fields, headers });
      if (answer.headers.get("Content-Type").startsWith("application/json")) {
        location.assign((await answer.json()).next);
      } else {
        show(await answer.text());
      }
    } catch {
      // The line was cut. Nothing is added twice, so that trying again is safe.
      for (const button of buttons) button.disabled = false;
      text.textContent = text.dataset.cut;
      bar.hidden = true;
    } finally {
      clearInterval(timer);
    }
  });
}

// The report once more, with what has to be corrected.
function show(page) {
  const fresh = new DOMParser().parseFromString(page, "text/html").querySelector(".tc");
  if (!fresh) return location.reload();
  document.querySelector(".tc").replaceWith(fresh);
  start();
  document.getElementById("consent")?.scrollIntoView();
}

function start() {
  for (const form of document.querySelectorAll("form[data-import]")) watch(form);
}

start();
