/* Answers leave this browser only when the server has said 2xx.
   The outboxes of this browser and their sender, on every participant page: what a page before could not send
   goes out from the next one. One outbox an attempt; events leave one at a time, in order, under the same id
   until they are acknowledged. An event holds ids and the response: no name, no question text.
   ES2017, no modules. Other scripts use window.bbOutbox. */
(function () {
  'use strict';
  var PREFIX = 'bb.outbox.';
  var COUNT = 'bb.count';
  var TIMEOUT_MS = 15000;
  var LONGEST_WAIT_MS = 60000;

  // crypto.randomUUID is missing on plain-http LAN addresses.
  function uuid() {
    var bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 15) | 64;
    bytes[8] = (bytes[8] & 63) | 128;
    var hex = Array.prototype.map.call(bytes, function (b) { return (b + 256).toString(16).slice(1); }).join('');
    return hex.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, '$1-$2-$3-$4-$5');
  }

  /* ---- the store: everything that knows where events are kept ---- */
  var memory = {}; // what localStorage refused to take; lost with the tab, so it counts as not saved

  function read(key) {
    if (memory[key]) return memory[key];
    try {
      var stored = JSON.parse(localStorage.getItem(key) || '[]');
      return Array.isArray(stored) ? stored : [];
    } catch (error) {
      return [];
    }
  }

  function write(key, events) {
    try {
      if (events.length) localStorage.setItem(key, JSON.stringify(events));
      else localStorage.removeItem(key);
      delete memory[key];
    } catch (error) {
      memory[key] = events;
    }
  }

  function keys() {
    var found = Object.keys(memory);
    try {
      for (var i = 0; i < localStorage.length; i += 1) {
        var key = localStorage.key(i);
        if (key.indexOf(PREFIX) === 0 && found.indexOf(key) < 0) found.push(key);
      }
    } catch (error) { /* storage off */ }
    return found;
  }

  function remove(key, clientId) {
    write(key, read(key).filter(function (event) { return event.client_id !== clientId; }));
  }

  // The number behind [sitting, seq]. The tabs of a browser count together: a change that is made later wins, in
  // whichever tab, and a sitting that one of them was given holds for all.
  function after(key, own) {
    var last = own;
    try {
      var shared = JSON.parse(localStorage.getItem(COUNT) || '[]');
      var isAhead = shared[1] > own[0] || (shared[1] === own[0] && shared[2] > own[1]);
      if (shared[0] === key && isAhead) last = [shared[1], shared[2]];
      localStorage.setItem(COUNT, JSON.stringify([key, last[0], last[1] + 1]));
    } catch (error) { /* storage off: this tab counts alone */ }
    return [last[0], last[1] + 1];
  }

  /* ---- sending ---- */
  var blocked = {}; // outboxes of somebody else, or of an ended session: kept, not tried again on this page
  var listeners = [];
  var busy = null;
  var wait = 0;
  var timer = null;

  function tell(news) {
    listeners.forEach(function (listener) { listener(news); });
  }

  function csrfToken() {
    var field = document.querySelector('[name="csrfmiddlewaretoken"]');
    return field ? field.value : '';
  }

  function send(url, body, type, onTime) {
    var controller = typeof AbortController === 'function' ? new AbortController() : null;
    var limit = controller && onTime && setTimeout(function () { controller.abort(); }, onTime);
    var headers = { 'X-CSRFToken': csrfToken(), Accept: 'application/json' };
    if (type) headers['Content-Type'] = type;
    var options = { method: 'POST', body: body, credentials: 'same-origin', redirect: 'manual', headers: headers };
    if (onTime) options.keepalive = true;
    if (controller) options.signal = controller.signal;
    return fetch(url, options).then(
      function (response) { clearTimeout(limit); return response; },
      function (error) { clearTimeout(limit); throw error; }
    );
  }

  function post(event) {
    var body = event.body + '&client_id=' + event.client_id + '&sitting=' + event.sitting + '&seq=' + event.seq;
    return send(event.url, body, 'application/x-www-form-urlencoded', TIMEOUT_MS);
  }

  function answerOf(response) {
    return response.json().then(
      function (answer) { return answer || {}; },
      function () { return {}; }
    );
  }

  // Throws if the same event must be tried again later.
  async function settle(key, event, response) {
    if (response.status === 429 || response.status >= 500) throw new Error('later');
    var answer = response.ok || response.status >= 400 ? await answerOf(response) : {};
    var refused = [400, 409, 413, 422].indexOf(response.status) >= 0;
    if (response.ok || refused) remove(key, event.client_id);
    else blocked[key] = true;
    if (response.ok) wait = 0;
    tell({ key: key, event: event, saved: response.ok, answer: answer });
  }

  async function sendAll() {
    var queue = keys().filter(function (key) { return !blocked[key]; });
    for (var i = 0; i < queue.length; i += 1) {
      var events = read(queue[i]);
      while (events.length && !blocked[queue[i]]) {
        await settle(queue[i], events[0], await post(events[0]));
        events = read(queue[i]);
      }
    }
  }

  function flush() {
    if (busy) return busy;
    clearTimeout(timer);
    busy = sendAll().then(
      function () { busy = null; },
      function (error) {
        busy = null;
        wait = Math.min(wait ? wait * 2 : 1000, LONGEST_WAIT_MS);
        timer = setTimeout(flushQuietly, wait);
        throw error;
      }
    );
    return busy;
  }

  function flushQuietly() {
    flush().catch(function () {});
  }

  window.addEventListener('online', function () {
    wait = 0;
    flushQuietly();
  });

  /* ---- leaving with something unsent ---- */
  function unsentCount() {
    return keys().reduce(function (sum, key) { return sum + (blocked[key] ? 0 : read(key).length); }, 0);
  }

  var signOut = document.querySelector('form[data-sign-out]');
  if (signOut) {
    signOut.addEventListener('submit', function (event) {
      var text = signOut.getAttribute('data-text-unsent');
      if (unsentCount() && text && !window.confirm(text)) event.preventDefault();
    });
  }

  window.bbOutbox = {
    uuid: uuid,
    keyOf: function (attempt) { return PREFIX + attempt; },
    read: read,
    add: function (key, event) { write(key, read(key).concat([event])); },
    after: after,
    isBlocked: function (key) { return Boolean(blocked[key]); },
    flush: flush,
    flushQuietly: flushQuietly,
    listen: function (listener) { listeners.push(listener); },
    send: send
  };
  // After the scripts that follow have had a chance to listen.
  document.addEventListener('DOMContentLoaded', flushQuietly);
})();
