/* Answers leave this browser only when the server has said 2xx.
   Progressive enhancement of <form data-answer-form>, and the sender of the outbox on every participant page.
   An event in the outbox holds ids and the response: no name, no question text. ES2017, no modules. */
(function () {
  'use strict';
  var PREFIX = 'bb.outbox.';
  var OWN_FIELDS = ['csrfmiddlewaretoken', 'client_id', 'sitting', 'seq'];
  var TYPING_MS = 400;
  var TIMEOUT_MS = 15000;
  var SUBMIT_WAIT_MS = 6000;
  var form = document.querySelector('form[data-answer-form]');
  var attempt = form && form.dataset.attempt;
  var stateBox = document.querySelector('[data-save-state]');

  /* ---- ids ---- */
  // crypto.randomUUID is missing on plain-http LAN addresses.
  function uuid() {
    var bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 15) | 64;
    bytes[8] = (bytes[8] & 63) | 128;
    var hex = Array.prototype.map.call(bytes, function (b) { return (b + 256).toString(16).slice(1); }).join('');
    return hex.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, '$1-$2-$3-$4-$5');
  }

  /* ---- outbox ---- */
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

  function unsentCount() {
    return keys().reduce(function (sum, key) { return sum + (blocked[key] ? 0 : read(key).length); }, 0);
  }

  /* ---- words ---- */
  var rendered = stateBox && { className: stateBox.className, text: stateBox.textContent };

  function showRendered() {
    if (!stateBox) return;
    stateBox.className = rendered.className;
    stateBox.textContent = rendered.text;
  }

  function show(state, detail) {
    if (!stateBox) return;
    ['empty', 'saved', 'waiting', 'failed'].forEach(function (name) {
      stateBox.classList.toggle('is-' + name, name === state);
    });
    var text = stateBox.getAttribute('data-text-' + state) || '';
    if (detail) text = text ? text + ': ' + detail : detail;
    if (stateBox.textContent.trim() !== text) stateBox.textContent = text;
  }

  /* ---- sending: one at a time, in order, the same id until it is acknowledged ---- */
  var busy = null;
  var last = null; // the event that holds what the form says now
  var blocked = {}; // outboxes of somebody else, or of an ended session: kept, not tried again on this page
  var wait = 0;
  var timer = null;

  function csrfToken() {
    var field = document.querySelector('[name="csrfmiddlewaretoken"]');
    return field ? field.value : '';
  }

  function post(event) {
    var body = event.body + '&client_id=' + event.client_id + '&sitting=' + event.sitting + '&seq=' + event.seq;
    var controller = typeof AbortController === 'function' ? new AbortController() : null;
    var limit = controller && setTimeout(function () { controller.abort(); }, TIMEOUT_MS);
    var options = {
      method: 'POST',
      body: body,
      credentials: 'same-origin',
      redirect: 'manual',
      keepalive: true,
      headers: {
        'Content-Type': 'application/x-www-form-urlencoded',
        'X-CSRFToken': csrfToken(),
        Accept: 'application/json'
      }
    };
    if (controller) options.signal = controller.signal;
    function done(response) {
      clearTimeout(limit);
      return response;
    }
    return fetch(event.url, options).then(done, function (error) {
      clearTimeout(limit);
      throw error;
    });
  }

  function messageOf(response) {
    return response.json().then(
      function (answer) { return (answer && typeof answer.message === 'string' && answer.message) || ''; },
      function () { return ''; }
    );
  }

  // Returns whether to go on with the next event.
  async function settle(key, event, response) {
    var mine = key === PREFIX + attempt;
    if (response.ok) {
      remove(key, event.client_id);
      wait = 0;
      if (mine && !read(key).length) {
        if (last) show('saved');
        else showRendered(); // that was an answer to another question
      }
      return true;
    }
    if (response.status === 429 || response.status >= 500) return false;
    var refused = [400, 409, 413, 422].indexOf(response.status) >= 0;
    if (refused) remove(key, event.client_id);
    else blocked[key] = true;
    var message = await messageOf(response);
    if (mine) show('failed', message);
    return true;
  }

  async function sendAll() {
    var queue = keys().filter(function (key) { return !blocked[key]; });
    for (var i = 0; i < queue.length; i += 1) {
      var events = read(queue[i]);
      while (events.length && !blocked[queue[i]]) {
        var response = await post(events[0]);
        if (!(await settle(queue[i], events[0], response))) throw new Error('later');
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
        wait = Math.min(wait ? wait * 2 : 1000, 60000);
        timer = setTimeout(function () { flush().catch(function () {}); }, wait);
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
  var signOut = document.querySelector('form[data-sign-out]');
  if (signOut) {
    signOut.addEventListener('submit', function (event) {
      var text = signOut.getAttribute('data-text-unsent');
      if (unsentCount() && text && !window.confirm(text)) event.preventDefault();
    });
  }

  /* ---- ordering: two buttons a row set the selects that work without this file ---- */
  function enhanceOrder(list) {
    var say = document.createElement('p');
    say.className = 'bb-hidden';
    say.setAttribute('role', 'status');
    list.parentNode.insertBefore(say, list.nextSibling);

    function rows() {
      return Array.prototype.slice.call(list.querySelectorAll('[data-order-row]'));
    }
    function textOf(row) {
      return row.querySelector('[data-order-text]').textContent.trim();
    }
    function label(name, row, place) {
      return (list.getAttribute('data-text-' + name) || '').replace('{item}', textOf(row)).replace('{place}', place);
    }
    function renumber() {
      rows().forEach(function (row, index) { row.querySelector('select').value = String(index + 1); });
      refresh();
      list.querySelector('select').dispatchEvent(new Event('change', { bubbles: true }));
    }
    function refresh() {
      var all = rows();
      var answered = all.every(function (row) { return row.querySelector('select').value; });
      list.classList.toggle('is-unanswered', !answered);
      if (keep) keep.hidden = answered;
      all.forEach(function (row, index) {
        row.querySelector('[data-move="up"]').setAttribute('aria-disabled', String(index === 0));
        row.querySelector('[data-move="down"]').setAttribute('aria-disabled', String(index === all.length - 1));
      });
    }
    function move(row, step, button) {
      var all = rows();
      var target = all.indexOf(row) + step;
      if (target < 0 || target >= all.length) return;
      list.insertBefore(row, step < 0 ? all[target] : all[target].nextSibling);
      renumber();
      button.focus();
      say.textContent = label('moved', row, target + 1);
    }
    function addButton(row, holder, name, sign, step) {
      var button = document.createElement('button');
      button.type = 'button';
      button.className = 'bb-move';
      button.textContent = sign;
      button.setAttribute('data-move', name);
      button.setAttribute('aria-label', label(name, row, ''));
      button.addEventListener('click', function () { move(row, step, button); });
      holder.appendChild(button);
    }

    var keep = null;
    if (list.getAttribute('data-text-keep')) {
      keep = document.createElement('button');
      keep.type = 'button';
      keep.className = 'bb-button bb-button--quiet';
      keep.textContent = list.getAttribute('data-text-keep');
      keep.addEventListener('click', renumber);
      list.parentNode.insertBefore(keep, say);
    }
    rows()
      .map(function (row, index) { return { row: row, place: Number(row.querySelector('select').value) || index + 1 }; })
      .sort(function (a, b) { return a.place - b.place; })
      .forEach(function (entry) {
        list.appendChild(entry.row);
        var holder = document.createElement('span');
        holder.className = 'bb-moves';
        addButton(entry.row, holder, 'up', '▲', -1);
        addButton(entry.row, holder, 'down', '▼', 1);
        entry.row.appendChild(holder);
      });
    list.classList.add('is-enhanced');
    refresh();
  }

  /* ---- a reload before the line came back: the page from the server is older than the outbox ---- */
  function fill(body) {
    var fields = new URLSearchParams(body);
    Array.prototype.forEach.call(form.elements, function (input) {
      if (!input.name || OWN_FIELDS.indexOf(input.name) >= 0 || /^(hidden|submit|button|file)$/.test(input.type)) return;
      var given = fields.getAll(input.name);
      if (input.type === 'radio' || input.type === 'checkbox') input.checked = given.indexOf(input.value) >= 0;
      else if (given.length) input.value = given[0];
    });
  }

  function restoreUnsent(key) {
    var question = form.dataset.question || form.dataset.saveUrl;
    var unsent = read(key).filter(function (event) { return event.question === question; });
    if (!unsent.length) return;
    last = unsent[unsent.length - 1];
    fill(last.body);
  }

  if (form && attempt) restoreUnsent(PREFIX + attempt);
  Array.prototype.forEach.call(document.querySelectorAll('[data-order]'), enhanceOrder);

  if (!form || !attempt) {
    flushQuietly();
    return;
  }

  /* ---- the answer form ---- */
  var outboxKey = PREFIX + attempt;
  var sitting = form.dataset.sitting;
  var seq = read(outboxKey).reduce(function (top, event) {
    return String(event.sitting) === String(sitting) ? Math.max(top, event.seq) : top;
  }, Number(form.dataset.seq) || 0);
  var typing = null;
  var pressed = null;
  var passing = false;

  function response() {
    var fields = new URLSearchParams();
    new FormData(form).forEach(function (value, name) {
      if (typeof value === 'string' && OWN_FIELDS.indexOf(name) < 0) fields.append(name, value);
    });
    return fields.toString();
  }
  var shown = response();

  function record() {
    clearTimeout(typing);
    typing = null;
    var body = response();
    if (passing || body === shown) return;
    shown = body;
    seq += 1;
    last = {
      client_id: uuid(),
      sitting: sitting,
      seq: seq,
      question: form.dataset.question || form.dataset.saveUrl,
      url: form.dataset.saveUrl,
      body: body
    };
    write(outboxKey, read(outboxKey).concat([last]));
    show('waiting');
    flush().then(function () { if (read(outboxKey).length) flushQuietly(); }, function () {});
  }

  // The server saves the posted answer itself; the same id tells it that this is the event it may have already.
  function stamp() {
    if (!last) {
      seq += 1;
      last = { client_id: uuid(), sitting: sitting, seq: seq };
    }
    ['client_id', 'sitting', 'seq'].forEach(function (name) {
      if (form.elements[name]) form.elements[name].value = String(last[name]);
    });
  }

  function submitForReal() {
    if (passing) return;
    passing = true;
    if (pressed && pressed.name) {
      var field = document.createElement('input');
      field.type = 'hidden';
      field.name = pressed.name;
      field.value = pressed.value;
      form.appendChild(field);
    }
    if (pressed && pressed.hasAttribute('formaction')) form.action = pressed.formAction;
    form.submit();
  }

  form.addEventListener('change', record);
  form.addEventListener('input', function (event) {
    if (!/^(text|number|search|tel|textarea)$/.test(event.target.type)) return;
    clearTimeout(typing);
    typing = setTimeout(record, TYPING_MS);
  });
  form.addEventListener('click', function (event) {
    pressed = event.target.closest('button, input[type="submit"]') || pressed;
  });
  form.addEventListener('submit', function (event) {
    if (passing) return;
    record();
    stamp();
    if (!read(outboxKey).length || blocked[outboxKey]) return;
    // Something is unsent: leave this page only over a line that works, or the browser would show its own error page.
    event.preventDefault();
    show('waiting');
    var late = new Promise(function (resolve, reject) { setTimeout(reject, SUBMIT_WAIT_MS); });
    Promise.race([flush().then(flush), late]).then(submitForReal, function () {
      show('waiting', stateBox && stateBox.getAttribute('data-text-offline'));
    });
  });
  window.addEventListener('pagehide', record);
  document.addEventListener('visibilitychange', function () {
    if (document.hidden) record();
  });

  if (read(outboxKey).length) show('waiting');
  flushQuietly();
})();
