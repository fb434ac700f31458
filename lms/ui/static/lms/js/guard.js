/* The next person at a shared computer: nothing of the last one comes back.
   <html data-heartbeat data-idle-seconds data-idle-url data-mark>: set on pages that belong to a participant.
   ES2017, no modules; everything else on the page works without this file. */
(function () {
  'use strict';
  var root = document.documentElement;
  var data = root.dataset;
  var WARN_MS = 120000;
  var BEAT_EVERY_MS = 90000;
  var ACTIVE_KEY = 'bb.active';

  function hide() {
    root.style.visibility = 'hidden';
  }

  // no-store alone does not keep a page out of the back/forward cache: hide it on the way in, reload on the way out.
  window.addEventListener('pagehide', function (event) {
    if (event.persisted && data.heartbeat) hide();
  });
  window.addEventListener('pageshow', function (event) {
    if (event.persisted) {
      hide();
      location.reload();
    }
  });

  // Buttons that print: of no use without this file, so they come hidden. Paper cannot be unfolded.
  document.querySelectorAll('[data-print]').forEach(function (button) {
    button.hidden = false;
    button.addEventListener('click', function () {
      document.querySelectorAll('details').forEach(function (fold) { fold.open = true; });
      window.print();
    });
  });

  if (!data.heartbeat) return;

  var idleMs = (Number(data.idleSeconds) || 600) * 1000;
  var lastActive = Date.now();
  var lastBeat = 0;
  var leaving = false;
  var signingOut = false;
  var warning = document.querySelector('[data-idle-warning]');
  var stay = warning && warning.querySelector('[data-idle-stay]');
  var focusBefore = null;

  function leave() {
    if (leaving) return;
    leaving = true;
    hide();
    location.replace(data.idleUrl || '/');
  }

  // Asks whether the owner of this page is still signed in; with `active` it also tells the server that somebody
  // is here (POST). Its answer is no-store, which by itself bars this page from the back/forward cache (SECURITY T1).
  function beat(active) {
    lastBeat = Date.now();
    var options = { cache: 'no-store', credentials: 'same-origin', redirect: 'manual' };
    var token = document.querySelector('form[data-sign-out] [name=csrfmiddlewaretoken]');
    if (active && token) {
      options.method = 'POST';
      options.headers = { 'X-CSRFToken': token.value };
    }
    return fetch(data.heartbeat, options).then(
      function (response) {
        var mark = response.headers.get('X-Session-Mark');
        var other = mark && data.mark && mark !== data.mark;
        if (response.type === 'opaqueredirect' || response.status === 401 || response.status === 403 || other) leave();
      },
      function () { /* no line: stay, the server decides when it is back */ }
    );
  }

  // The sign-out is a POST, so that the server forgets the person before the browser goes on.
  function signOutForIdleness() {
    if (leaving || signingOut) return;
    signingOut = true;
    hide();
    var form = document.querySelector('form[data-sign-out]');
    if (!form) return leave();
    var body = new URLSearchParams(new FormData(form));
    body.append('reason', 'idle');
    var options = { method: 'POST', body: body, credentials: 'same-origin', redirect: 'manual', keepalive: true };
    fetch(form.action, options).then(leave, leave);
  }

  function sharedActive() {
    try {
      return Math.min(Number(localStorage.getItem(ACTIVE_KEY)) || 0, Date.now());
    } catch (error) {
      return 0;
    }
  }

  function touched() {
    if (warning && !warning.hidden) return;
    lastActive = Date.now();
  }

  function closeWarning() {
    if (!warning || warning.hidden) return;
    warning.hidden = true;
    if (focusBefore && focusBefore.focus) focusBefore.focus();
  }

  function showWarning() {
    if (!warning || !warning.hidden) return;
    focusBefore = document.activeElement;
    warning.hidden = false;
    if (stay) stay.focus();
  }

  function tick() {
    var now = Date.now();
    if (lastActive > now) lastActive = now; // the clock was set back
    try {
      if (lastActive > sharedActive()) localStorage.setItem(ACTIVE_KEY, String(lastActive));
    } catch (error) { /* storage is off: this tab counts alone */ }
    var idle = now - Math.max(lastActive, sharedActive());
    if (idle >= idleMs) return signOutForIdleness();
    if (idle >= idleMs - WARN_MS) showWarning();
    else closeWarning();
    // Who reads without touching anything is here too: asking does not start the idle clock anew.
    if (Math.abs(now - lastBeat) >= BEAT_EVERY_MS) beat(idle < BEAT_EVERY_MS);
  }

  ['pointerdown', 'keydown', 'input', 'scroll', 'touchstart'].forEach(function (name) {
    window.addEventListener(name, touched, { passive: true, capture: true });
  });
  if (stay) {
    stay.addEventListener('click', function () {
      lastActive = Date.now();
      closeWarning();
      beat(true);
      tick();
    });
  }
  document.addEventListener('visibilitychange', function () {
    if (document.hidden) return;
    tick();
    beat();
  });

  beat();
  tick();
  setInterval(tick, 5000);
})();
