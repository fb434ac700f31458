"use strict";
// Watching the class: asks every few seconds what changed and puts only that in its place. It rests while the
// page is not looked at. Without it the page is drawn anew by the browser, or with its link.

const root = document.querySelector("[data-live]");
const list = root?.querySelector("[data-cards]");

if (list) {
  const every = Number(root.dataset.every) * 1000;
  const filter = root.querySelector("[data-filter]");
  const search = filter.elements.q;
  const cut = root.querySelector("[data-cut]");
  const none = root.querySelector("[data-none]");
  const longestAddress = 3000;
  let onlyHelp = Boolean(filter.querySelector('[data-show="help"][aria-current]'));
  let timer = 0;
  let asking = false;
  let pressing = false;
  let lastHeard = new Date();

  const cards = () => [...list.children];

  /* ---- what is shown ---- */
  function sift() {
    const words = search.value.trim().toLocaleLowerCase().split(/\s+/);
    let shown = 0;
    for (const card of cards()) {
      const name = card.querySelector("[data-name]").textContent.toLocaleLowerCase();
      const found = words.every((word) => name.includes(word));
      // What somebody is reading does not vanish because the trouble is over.
      const inUse = card.contains(document.activeElement) || card.querySelector("details").open;
      const wanted = !onlyHelp || "help" in card.dataset || (inUse && !card.hidden);
      card.hidden = !(found && wanted);
      if (!card.hidden) shown += 1;
    }
    none.hidden = shown > 0;
  }

  function choose(link) {
    onlyHelp = link.dataset.show === "help";
    for (const other of filter.querySelectorAll("[data-show]")) {
      if (other === link) other.setAttribute("aria-current", "true");
      else other.removeAttribute("aria-current");
    }
    for (const card of cards()) if (onlyHelp) card.querySelector("details").open = false;
    remember();
    sift();
  }

  // Coming back from a button, and reloading, shows the same.
  function remember() {
    const query = new URLSearchParams({ show: onlyHelp ? "help" : "all" });
    if (search.value.trim()) query.set("q", search.value.trim());
    history.replaceState(null, "", `?${query}`);
  }

  /* ---- what changed ---- */
  function parse(html) {
    return new DOMParser().parseFromString(html, "text/html").body;
  }

  function put(html) {
    const fresh = document.adoptNode(parse(html).querySelector("[data-card]"));
    const old = document.getElementById(fresh.id);
    if (!old) return location.reload();
    const key = old.contains(document.activeElement) ? document.activeElement.dataset.key : null;
    fresh.querySelector("details").open = old.querySelector("details").open;
    fresh.hidden = old.hidden;
    old.replaceWith(fresh);
    if (!key) return;
    const same = fresh.querySelector(`[data-key="${CSS.escape(key)}"]`) || fresh.querySelector("summary");
    same.focus({ preventScroll: true });
  }

  function take(news) {
    if (news.reload) return location.reload();
    for (const html of news.cards) put(html);
    if (news.head_v !== root.dataset.head) {
      root.querySelector("[data-head-box]").replaceChildren(...parse(news.head).childNodes);
      root.dataset.head = news.head_v;
    }
    filter.querySelector("[data-help-count]").textContent = news.help;
    root.dataset.version = news.v;
    sift();
  }

  function address() {
    const have = [root.dataset.head, ...cards().map((card) => card.dataset.version)].join("");
    const query = new URLSearchParams({ v: root.dataset.version });
    if (have.length < longestAddress) query.set("have", have);
    return `${root.dataset.news}?${query}`;
  }

  async function ask() {
    clearTimeout(timer);
    if (document.hidden || asking) return;
    asking = true;
    try {
      const answer = await fetch(address(), { cache: "no-store", redirect: "manual" });
      // Signed out, or no longer allowed: the page itself says so.
      if (answer.type === "opaqueredirect" || answer.status === 403 || answer.status === 404) location.reload();
      if (!answer.ok) throw new Error(String(answer.status));
      const news = answer.status === 204 ? null : await answer.json();
      lastHeard = new Date();
      cut.hidden = true;
      // A card that is being tapped stays under the finger.
      if (news && !pressing) take(news);
    } catch {
      const pad = (number) => String(number).padStart(2, "0");
      const time = `${pad(lastHeard.getHours())}:${pad(lastHeard.getMinutes())}`;
      cut.textContent = cut.dataset.text.replace("{time}", time);
      cut.hidden = false;
    } finally {
      asking = false;
      if (!document.hidden) timer = setTimeout(ask, every);
    }
  }

  /* ---- hands ---- */
  filter.addEventListener("submit", (event) => {
    event.preventDefault();
    remember();
    sift();
  });
  search.addEventListener("input", sift);
  search.addEventListener("change", remember);
  filter.addEventListener("click", (event) => {
    const link = event.target.closest("[data-show], [data-again]");
    if (!link) return;
    event.preventDefault();
    if (link.dataset.show) choose(link);
    else ask();
  });
  list.addEventListener("pointerdown", () => {
    pressing = true;
  });
  for (const name of ["pointerup", "pointercancel"]) {
    window.addEventListener(name, () => setTimeout(() => { pressing = false; }, 0));
  }
  document.addEventListener("visibilitychange", ask);

  filter.querySelector("[data-search]").hidden = true;
  const named = location.hash && document.getElementById(location.hash.slice(1));
  if (named && list.contains(named)) {
    named.hidden = false;
    named.querySelector("details").open = true;
    named.querySelector("summary").focus();
  }
  sift();
  timer = setTimeout(ask, every);
}
