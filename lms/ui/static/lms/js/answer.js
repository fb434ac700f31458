/* Saves each change of an answer when it is made, for one question or many on a page.
   Progressive enhancement of <form data-answer-form> with a <section data-question data-field data-save-url> for
   each question; its buttons work without this file. Needs outbox.js. ES2017, no modules. */
(function () {
  'use strict';
  var outbox = window.bbOutbox;
  var form = document.querySelector('form[data-answer-form]');
  if (!outbox || !form || !form.dataset.attempt) return;
  var OWN_FIELDS = ['client_id', 'sitting', 'seq'];
  var TYPING_MS = 400;
  var SUBMIT_WAIT_MS = 6000;
  var LINE_MS = 5000;
  var key = outbox.keyOf(form.dataset.attempt);
  var sitting = Number(form.dataset.sitting);
  var seq = outbox.read(key).reduce(function (top, event) {
    return Number(event.sitting) === sitting ? Math.max(top, event.seq) : top;
  }, Number(form.dataset.seq) || 0);
  var passing = false; // on the way to the next page
  var pressed = null;

  // An event with an id and the next number of this browser.
  function newEvent() {
    var number = outbox.after(key, [sitting, seq]);
    sitting = number[0];
    seq = number[1];
    return { client_id: outbox.uuid(), sitting: sitting, seq: seq };
  }

  function each(list, act) {
    return Array.prototype.map.call(list, act);
  }

  /* ---- one question ---- */
  function Question(box) {
    this.box = box;
    this.id = box.dataset.question;
    this.url = box.dataset.saveUrl;
    this.state = box.querySelector('[data-save-state]');
    this.rendered = this.state && { className: this.state.className, text: this.state.textContent };
    this.last = null; // the event that holds what the fields say now
    this.typing = null;
  }

  Question.prototype.inputs = function () {
    return each(this.box.querySelectorAll('input, select, textarea'), function (input) { return input; }).filter(
      function (input) { return input.name && !/^(hidden|submit|button|file)$/.test(input.type); }
    );
  };

  // What the fields say, encoded as a browser would send it.
  Question.prototype.response = function () {
    var fields = new URLSearchParams();
    this.inputs().forEach(function (input) {
      var tick = input.type === 'radio' || input.type === 'checkbox';
      if (!input.disabled && (!tick || input.checked)) fields.append(input.name, input.value);
    });
    return fields.toString();
  };

  Question.prototype.show = function (state, detail) {
    var box = this.state;
    if (!box) return;
    if (state === 'rendered') {
      box.className = this.rendered.className;
      box.textContent = this.rendered.text;
      return;
    }
    ['empty', 'saved', 'waiting', 'failed'].forEach(function (name) {
      box.classList.toggle('is-' + name, name === state);
    });
    var text = box.getAttribute('data-text-' + state) || '';
    if (detail) text = text ? text + ': ' + detail : detail;
    if (box.textContent.trim() !== text) box.textContent = text;
  };

  Question.prototype.unsent = function () {
    var id = this.id;
    return outbox.read(key).filter(function (event) { return event.question === id; });
  };

  // A reload before the line came back: the page from the server is older than the outbox.
  Question.prototype.restore = function () {
    var unsent = this.unsent();
    if (!unsent.length) return;
    this.last = unsent[unsent.length - 1];
    var fields = new URLSearchParams(this.last.body);
    this.inputs().forEach(function (input) {
      var given = fields.getAll(input.name);
      if (input.type === 'radio' || input.type === 'checkbox') input.checked = given.indexOf(input.value) >= 0;
      else if (given.length) input.value = given[0];
    });
    this.show('waiting');
  };

  Question.prototype.record = function () {
    clearTimeout(this.typing);
    this.typing = null;
    var response = this.response();
    if (passing || response === this.shown) return;
    this.shown = response;
    this.last = newEvent();
    this.last.question = this.id;
    this.last.url = this.url;
    this.last.body = response;
    outbox.add(key, this.last);
    this.show('waiting');
    outbox.flush().then(function () { if (outbox.read(key).length) outbox.flushQuietly(); }, function () {});
  };

  var questions = each(form.querySelectorAll('[data-question]'), function (box) { return new Question(box); });

  function questionOf(element) {
    var box = element.closest('[data-question]');
    return questions.filter(function (question) { return question.box === box; })[0];
  }

  function recordAll() {
    questions.forEach(function (question) { question.record(); });
  }

  // Restored before fields.js arranges what is shown (an order, a sentence), so that it arranges the newest.
  questions.forEach(function (question) { question.restore(); });

  /* ---- what became of an event ---- */
  outbox.listen(function (news) {
    if (news.key !== key) return;
    if (typeof news.answer.left === 'number') {
      document.dispatchEvent(new CustomEvent('bb:time', { detail: news.answer.left }));
    }
    var mine = questions.filter(function (question) { return question.id === news.event.question; })[0];
    var target = mine || questions[0];
    if (!target) return;
    if (!news.saved) target.show('failed', typeof news.answer.message === 'string' ? news.answer.message : '');
    else if (!mine) { if (!outbox.read(key).length && !target.last) target.show('rendered'); }
    else if (!mine.unsent().length) mine.show('saved');
  });

  /* ---- leaving by a button ---- */
  // The server saves the posted answer itself; the same id tells it that this is the event it may have already.
  // With many questions it compares: what is saved already is not filed again.
  function stamp() {
    var event = questions.length === 1 ? questions[0].last : null;
    if (event && form.elements.was) form.elements.was.value = ''; // changed here, perhaps back again
    event = event || newEvent();
    OWN_FIELDS.forEach(function (name) {
      if (form.elements[name]) form.elements[name].value = String(event[name]);
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
    form.submit();
  }

  function sayOffline() {
    questions.forEach(function (question) {
      if (question.unsent().length) question.show('waiting', question.state && question.state.getAttribute('data-text-offline'));
    });
  }

  form.addEventListener('change', function (event) {
    var question = questionOf(event.target);
    if (question && event.target.type !== 'file') question.record();
  });
  form.addEventListener('input', function (event) {
    if (!/^(text|number|search|tel|textarea)$/.test(event.target.type)) return;
    var question = questionOf(event.target);
    if (!question) return;
    clearTimeout(question.typing);
    question.typing = setTimeout(function () { question.record(); }, TYPING_MS);
  });
  form.addEventListener('click', function (event) {
    pressed = event.target.closest('button, input[type="submit"]') || pressed;
  });
  form.addEventListener('submit', function (event) {
    if (passing) return;
    recordAll();
    stamp();
    if (!outbox.read(key).length || outbox.isBlocked(key)) return;
    // Something is unsent: leave this page only over a line that works, or the browser would show its own error page.
    event.preventDefault();
    var late = new Promise(function (resolve, reject) { setTimeout(reject, SUBMIT_WAIT_MS); });
    Promise.race([outbox.flush().then(outbox.flush), late]).then(submitForReal, sayOffline);
  });
  window.addEventListener('pagehide', recordAll);
  document.addEventListener('visibilitychange', function () {
    if (document.hidden) recordAll();
  });
  // The time is over: what is on the page goes out, then the next page says so. That page is asked for first: over
  // a dead line the browser would show its own error page, from which nothing goes out when the line is back.
  function leaveFor(address) {
    outbox.flush().then(function () {
      return fetch(address, { method: 'HEAD', credentials: 'same-origin', redirect: 'manual' });
    }).then(
      function () { location.assign(address); },
      function () {
        sayOffline();
        setTimeout(function () { leaveFor(address); }, LINE_MS);
      }
    );
  }
  document.addEventListener('bb:time-over', function (event) {
    recordAll();
    if (event.detail) leaveFor(event.detail);
    else outbox.flushQuietly();
  });
  questions.forEach(function (question) {
    question.shown = question.last ? question.last.body : question.response();
  });
})();
