// The meter of a lesson, counted anew while somebody types. The server counts: the same rules for all.
(() => {
  "use strict";

  const WAIT = 900;

  function start() {
    const places = document.querySelectorAll("[data-lesson-size]");
    const form = document.querySelector("[data-edit-form]");
    const setup = document.querySelector("[data-lesson-size-url]");
    if (!places.length || !form || !setup) return;
    let timer = null;
    let said = "";
    let running = null;

    function tell(answer) {
      places.forEach((place) => {
        place.innerHTML = answer[place.dataset.lessonSize] || "";
      });
    }

    async function count() {
      const data = new FormData(form);
      // Files are not needed, and would be sent with every word.
      [...data.entries()].forEach(([name, value]) => value instanceof File && data.delete(name));
      const text = new URLSearchParams(data).toString();
      if (text === said) return;
      said = text;
      if (running) running.abort();
      running = new AbortController();
      try {
        const answer = await fetch(setup.dataset.lessonSizeUrl, {
          method: "POST",
          body: text,
          headers: { "Content-Type": "application/x-www-form-urlencoded", Accept: "application/json" },
          signal: running.signal,
        });
        if (answer.ok) tell(await answer.json());
      } catch (problem) {
        // No line just now: the last numbers stay, and the next word asks again.
      }
    }

    function soon() {
      clearTimeout(timer);
      timer = setTimeout(count, WAIT);
    }

    ["input", "change", "keyup", "drop"].forEach((name) => form.addEventListener(name, soon));
    document.addEventListener("w-unsaved:add", soon);
    // Blocks come and go, and choosers set hidden fields, without any of these.
    new MutationObserver(soon).observe(form.querySelector("[data-contentpath='body']") || form, {
      childList: true,
      subtree: true,
    });
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
