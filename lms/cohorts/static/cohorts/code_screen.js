/* Asks for the code and the number of people anew while the screen is shown. ES2017. */
(function () {
  "use strict";
  const SECONDS = 10;
  async function look() {
    const answer = await fetch(location.href, { cache: "no-store" });
    if (!answer.ok) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("main[data-code]");
    // Closed meanwhile, or signed out: the page itself says so.
    if (!fresh) return location.reload();
    const shown = document.querySelector("main[data-code]");
    if (fresh.innerHTML !== shown.innerHTML) shown.replaceWith(fresh);
  }
  // A line that was cut leaves what is shown; the next time asks again.
  setInterval(() => look().catch(() => {}), SECONDS * 1000);
})();
