/* Keeps a private note while it is being written, so that a power cut takes a sentence at most. The button works
   without this file. Nothing is kept in the browser: the computer is shared, and the note is private.
   ES2017, no modules. */
(function () {
  'use strict';
  if (!window.fetch || !window.URLSearchParams || !window.FormData) return;
  var PAUSE = 3000;
  var LATER = 10000;

  function watch(form) {
    var field = form.querySelector('textarea');
    var state = form.querySelector('[data-note-state]');
    var kept = field.value;
    var sending = false;
    var timer = 0;

    function say(name) {
      state.textContent = name ? state.getAttribute('data-text-' + name) : '';
      state.className = name === 'unsaved' ? 'bb-error' : 'bb-quiet';
    }
    function wait(time) {
      window.clearTimeout(timer);
      timer = window.setTimeout(function () { send(false); }, time);
    }
    function send(leaving) {
      window.clearTimeout(timer);
      if (sending || field.value === kept) return;
      var text = field.value;
      sending = true;
      window.fetch(form.action, {
        method: 'POST',
        body: new URLSearchParams(new FormData(form)),
        credentials: 'same-origin',
        redirect: 'manual',
        keepalive: leaving,
        headers: { Accept: 'application/json' }
      }).then(function (answer) {
        if (!answer.ok) throw new Error(String(answer.status));
        kept = text;
        say(field.value === text ? 'saved' : '');
      }).catch(function () {
        say('unsaved');
      }).then(function () {
        sending = false;
        if (field.value !== kept) wait(field.value === text ? LATER : PAUSE);
      });
    }
    field.addEventListener('input', function () {
      if (!sending) say('');
      wait(PAUSE);
    });
    field.addEventListener('change', function () { send(false); });
    window.addEventListener('online', function () { send(false); });
    window.addEventListener('pagehide', function () { send(true); });
    form.addEventListener('submit', function () {
      kept = field.value;
      window.clearTimeout(timer);
    });
  }

  Array.prototype.forEach.call(document.querySelectorAll('form[data-note]'), watch);
})();
