/* Reading aloud: each tap is sent at once, kept on this device until the server has it, and tried again.
   Progressive enhancement of <form data-aloud>; without this file its buttons send the whole question.
   An event holds ids and a letter: no name, no question text. ES2017. */
(function () {
  'use strict';
  var KEY = 'bb.aloud';
  var TYPING_MS = 600;
  var TIMEOUT_MS = 15000;
  var LEAVE_MS = 6000;
  var form = document.querySelector('form[data-aloud]');
  if (!form) return;
  var rows = Array.prototype.slice.call(form.querySelectorAll('[data-row]'));
  var trouble = form.querySelector('[data-trouble]');
  var memory = null; // what localStorage refused to take

  function uuid() {
    var bytes = crypto.getRandomValues(new Uint8Array(16)); // randomUUID is missing on plain http
    bytes[6] = (bytes[6] & 15) | 64;
    bytes[8] = (bytes[8] & 63) | 128;
    var hex = Array.prototype.map.call(bytes, function (b) { return (b + 256).toString(16).slice(1); }).join('');
    return hex.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, '$1-$2-$3-$4-$5');
  }

  /* ---- what is not sent yet ---- */
  function read() {
    if (memory) return memory;
    try {
      var stored = JSON.parse(localStorage.getItem(KEY) || '[]');
      return Array.isArray(stored) ? stored : [];
    } catch (error) {
      return [];
    }
  }

  function write(events) {
    try {
      if (events.length) localStorage.setItem(KEY, JSON.stringify(events));
      else localStorage.removeItem(KEY);
      memory = null;
    } catch (error) {
      memory = events;
    }
  }

  function rowOf(event) {
    return rows.find(function (row) { return row.dataset.item === event.item; });
  }

  /* ---- rows ---- */
  function fields(row) {
    return Array.prototype.slice.call(row.querySelectorAll('[name^="answer-"]'));
  }

  function valueOf(row) {
    var all = fields(row);
    var chosen = all.find(function (field) { return field.type === 'radio' ? field.checked : true; });
    return chosen ? chosen.value.trim() : '';
  }

  function setValue(row, value) {
    fields(row).forEach(function (field) {
      if (field.type === 'radio') field.checked = field.value === value;
      else field.value = value;
    });
  }

  function say(row, state, detail) {
    var box = row.querySelector('[data-state]');
    ['saved', 'waiting', 'later', 'refused'].forEach(function (name) {
      box.classList.toggle('is-' + name, name === state);
    });
    var text = form.getAttribute('data-text-' + state) || '';
    box.textContent = detail ? text + ': ' + detail : text;
    fields(row).forEach(function (field) {
      if (field.type !== 'radio') field.setAttribute('aria-invalid', String(state === 'refused'));
    });
  }

  function countWaiting() {
    var names = rows.filter(function (row) { return fields(row).length && !valueOf(row); })
      .map(function (row) { return row.dataset.name; });
    form.querySelector('[data-waiting-box] strong').hidden = !names.length;
    form.querySelector('[data-waiting]').textContent =
      names.length ? names.join(', ') : form.getAttribute('data-text-everybody');
  }

  /* ---- sending: one at a time, in order, the same id until it is acknowledged ---- */
  var busy = null;
  var timer = null;
  var wait = 0;

  function post(event) {
    var body = new URLSearchParams();
    ['item', 'answer', 'client_id', 'sitting', 'seq'].forEach(function (name) { body.set(name, event[name]); });
    var controller = typeof AbortController === 'function' ? new AbortController() : null;
    var limit = controller && setTimeout(function () { controller.abort(); }, TIMEOUT_MS);
    return fetch(event.url, {
      method: 'POST',
      body: body.toString(),
      credentials: 'same-origin',
      redirect: 'manual',
      signal: controller ? controller.signal : undefined,
      headers: {
        'Content-Type': 'application/x-www-form-urlencoded',
        'X-CSRFToken': form.querySelector('[name="csrfmiddlewaretoken"]').value,
        Accept: 'application/json'
      }
    }).then(function (response) { clearTimeout(limit); return response; },
      function (error) { clearTimeout(limit); throw error; });
  }

  async function sendAll() {
    for (var events = read(); events.length; events = read()) {
      var event = events[0];
      var row = rowOf(event);
      var response = await post(event);
      var refused = [400, 404, 409, 413].indexOf(response.status) >= 0;
      if (!response.ok && !refused) throw new Error('later');
      var answer = await response.json().catch(function () { return {}; });
      write(read().filter(function (other) { return other.client_id !== event.client_id; }));
      wait = 0;
      var newer = read().some(function (other) { return other.item === event.item; });
      if (!row || newer) continue;
      if (refused) say(row, 'refused', answer.message);
      else {
        form.elements['was-' + event.item].value = event.answer;
        say(row, event.answer ? 'saved' : '');
      }
    }
    trouble.hidden = true;
  }

  function flush() {
    if (busy) return busy;
    clearTimeout(timer);
    busy = sendAll().then(function () { busy = null; }, function (error) {
      busy = null;
      read().forEach(function (event) { if (rowOf(event)) say(rowOf(event), 'later'); });
      trouble.textContent = form.getAttribute('data-text-offline');
      trouble.hidden = false;
      wait = Math.min(wait ? wait * 2 : 1000, 30000);
      timer = setTimeout(flushQuietly, wait);
      throw error;
    });
    return busy;
  }

  function flushQuietly() {
    flush().catch(function () {});
  }

  function record(row) {
    var value = valueOf(row);
    if (value === row.shown) return;
    row.shown = value;
    row.seq += 1;
    write(read().concat([{
      item: row.dataset.item,
      attempt: row.dataset.attempt,
      answer: value,
      client_id: uuid(),
      sitting: row.dataset.sitting,
      seq: row.seq,
      url: form.dataset.saveUrl
    }]));
    say(row, 'waiting');
    countWaiting();
    flush().then(function () { if (read().length) flushQuietly(); }, function () {});
  }

  rows.forEach(function (row) {
    var unsent = read().filter(function (event) {
      return event.attempt === row.dataset.attempt && event.sitting === row.dataset.sitting;
    });
    row.seq = unsent.reduce(function (top, event) { return Math.max(top, event.seq); }, Number(row.dataset.seq) || 0);
    var own = unsent.filter(function (event) { return event.item === row.dataset.item; });
    if (own.length) {
      setValue(row, own[own.length - 1].answer);
      say(row, 'waiting');
    }
    row.shown = valueOf(row);
    var typing = null;
    row.addEventListener('change', function () { clearTimeout(typing); record(row); });
    row.addEventListener('input', function (event) {
      if (event.target.type === 'radio') return;
      clearTimeout(typing);
      typing = setTimeout(function () { record(row); }, TYPING_MS);
    });
  });

  /* ---- leaving: only over a line that works ---- */
  var leaving = false;
  form.addEventListener('submit', function (event) {
    if (leaving) return;
    event.preventDefault();
    var pressed = event.submitter || document.activeElement;
    rows.forEach(record);
    var late = new Promise(function (resolve, reject) { setTimeout(reject, LEAVE_MS); });
    Promise.race([flush().then(flush), late]).then(function () {
      var refused = form.querySelector('.ha-state.is-refused');
      if (refused) {
        refused.scrollIntoView({ block: 'center' });
        return;
      }
      leaving = true;
      var field = document.createElement('input');
      field.type = 'hidden';
      field.name = 'go';
      field.value = (pressed && pressed.value) || 'next';
      form.appendChild(field);
      form.submit();
    }, function () {});
  });
  window.addEventListener('online', function () { wait = 0; flushQuietly(); });
  countWaiting();
  if (read().length) flushQuietly();
})();
