/* Comfort for the fields of questions; everything works without this file.
   Ordering by buttons, "I do not know", how many are chosen, marks, files sent at once, the time that is left.
   ES2017, no modules. */
(function () {
  'use strict';
  function each(root, selector, act) {
    Array.prototype.forEach.call(root.querySelectorAll(selector), act);
  }
  function make(name, className, text) {
    var element = document.createElement(name);
    element.className = className;
    if (text) element.textContent = text;
    return element;
  }
  function changed(input) {
    input.dispatchEvent(new Event('change', { bubbles: true }));
  }
  function csrfToken() {
    var field = document.querySelector('[name="csrfmiddlewaretoken"]');
    return field ? field.value : '';
  }

  /* ---- ordering: two buttons a row set the selects that work without this file ---- */
  function enhanceOrder(list) {
    var say = make('p', 'bb-hidden');
    say.setAttribute('role', 'status');
    list.parentNode.insertBefore(say, list.nextSibling);
    var keep = null;

    function rows() {
      return Array.prototype.slice.call(list.querySelectorAll('[data-order-row]'));
    }
    function label(name, row, place) {
      var text = row.querySelector('[data-order-text]').textContent.trim();
      return (list.getAttribute('data-text-' + name) || '').replace('{item}', text).replace('{place}', place);
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
    function renumber() {
      rows().forEach(function (row, index) { row.querySelector('select').value = String(index + 1); });
      refresh();
      changed(list.querySelector('select'));
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
      var button = make('button', 'bb-move', sign);
      button.type = 'button';
      button.setAttribute('data-move', name);
      button.setAttribute('aria-label', label(name, row, ''));
      button.addEventListener('click', function () { move(row, step, button); });
      holder.appendChild(button);
    }

    if (list.getAttribute('data-text-keep')) {
      keep = make('button', 'bb-button bb-button--quiet', list.getAttribute('data-text-keep'));
      keep.type = 'button';
      keep.addEventListener('click', renumber);
      list.parentNode.insertBefore(keep, say);
    }
    rows()
      .map(function (row, index) { return { row: row, place: Number(row.querySelector('select').value) || index + 1 }; })
      .sort(function (a, b) { return a.place - b.place; })
      .forEach(function (entry) {
        list.appendChild(entry.row);
        var holder = make('span', 'bb-moves');
        addButton(entry.row, holder, 'up', '▲', -1);
        addButton(entry.row, holder, 'down', '▼', 1);
        entry.row.appendChild(holder);
      });
    list.classList.add('is-enhanced');
    list.addEventListener('bb:cleared', refresh);
    refresh();
  }

  /* ---- "I do not know" and an answer take each other away ---- */
  function isDontKnow(input) {
    return /dont_know$/.test(input.name) || input.value === 'dont-know';
  }

  function clear(box) {
    each(box, 'input, select, textarea', function (input) {
      if (isDontKnow(input) || /^(hidden|submit|button|file)$/.test(input.type)) return;
      if (input.type === 'radio' || input.type === 'checkbox') input.checked = false;
      else input.value = '';
    });
    each(box, '[data-order]', function (list) { list.dispatchEvent(new Event('bb:cleared')); });
  }

  function keepApart(box) {
    var tick = Array.prototype.filter.call(box.querySelectorAll('input[type="checkbox"]'), isDontKnow)[0];
    if (!tick) return;
    // On the question, so before the form hears of it and saves.
    function heard(event) {
      if (event.target === tick) { if (tick.checked) clear(box); }
      else if (event.target.value) tick.checked = false;
    }
    box.addEventListener('change', heard);
    box.addEventListener('input', heard);
  }

  /* ---- how many are chosen ---- */
  function countChoices(set) {
    var line = set.querySelector('[data-choose-text]');
    var most = Number(set.dataset.choose);
    if (!line || !most) return;
    set.addEventListener('change', function () {
      var ticked = Array.prototype.filter.call(set.querySelectorAll('input:checked'), function (input) {
        return !isDontKnow(input);
      }).length;
      line.textContent = ticked > most ? line.dataset.chooseText.replace('{ticked}', ticked) : '';
    });
  }

  /* ---- "look at this again" ---- */
  function enhanceFlag(button) {
    button.addEventListener('click', function (event) {
      var fields = new URLSearchParams();
      var on = !button.classList.contains('is-flagged');
      fields.append('flagged', on ? '1' : '0');
      event.preventDefault();
      event.stopPropagation();
      fetch(button.dataset.flagUrl, {
        method: 'POST',
        body: fields,
        credentials: 'same-origin',
        headers: { 'X-CSRFToken': csrfToken(), Accept: 'application/json' }
      }).then(function (response) {
        if (!response.ok) return;
        button.classList.toggle('is-flagged', on);
        button.firstChild.nodeValue = on ? button.dataset.textClear : button.dataset.textSet;
      }, function () {});
    });
  }

  /* ---- files: sent when chosen; the answer then names them ---- */
  function addRow(box, input, file) {
    var set = box.querySelector('[data-files]');
    if (!set) {
      set = make('div', 'bb-choices');
      set.setAttribute('data-files', '');
      input.parentNode.parentNode.insertBefore(set, input.parentNode);
    }
    var row = make('div', 'bb-choice');
    var tick = document.createElement('input');
    tick.type = 'checkbox';
    tick.name = input.name;
    tick.value = file.id;
    tick.checked = true;
    tick.id = 'id_' + input.name + '-' + file.id;
    var label = make('label', '', file.name || file.id);
    label.htmlFor = tick.id;
    row.appendChild(tick);
    row.appendChild(label);
    set.appendChild(row);
    changed(tick);
  }

  function enhanceFile(box, input) {
    var state = box.querySelector('[data-save-state]');
    var text = state ? state.dataset : {};
    var line = make('p', 'bb-help');
    line.setAttribute('role', 'status');
    input.parentNode.appendChild(line);
    input.addEventListener('change', function () {
      if (!input.files.length) return;
      var request = new XMLHttpRequest();
      var fields = new FormData();
      fields.append('file', input.files[0]);
      request.open('POST', box.dataset.uploadUrl);
      request.setRequestHeader('X-CSRFToken', csrfToken());
      request.setRequestHeader('Accept', 'application/json');
      request.upload.onprogress = function (event) {
        var share = event.lengthComputable ? ' ' + Math.round((event.loaded * 100) / event.total) + ' %' : '';
        line.textContent = (text.textSending || '') + share;
      };
      request.onload = function () {
        var answer = {};
        try { answer = JSON.parse(request.responseText); } catch (error) { /* a page in place of an answer */ }
        line.textContent = request.status === 200 ? '' : answer.message || text.textFailed || '';
        if (request.status !== 200) return;
        input.value = '';
        addRow(box, input, answer);
      };
      // The file stays chosen: the form's own button sends it later.
      request.onerror = function () { line.textContent = text.textOffline || ''; };
      line.textContent = text.textSending || '';
      request.send(fields);
    });
  }

  /* ---- the time that is left, by the server's clock: this one only counts the seconds since ---- */
  function runClock(timer) {
    var said = document.querySelector('[data-time-said]');
    var end = performance.now() + Number(timer.dataset.timeLeft) * 1000;
    var announced = null;
    var over = false;

    function words(seconds) {
      if (seconds <= 0) return timer.dataset.textOver;
      if (seconds <= 60) return timer.dataset.textFew;
      return timer.dataset.textMany.replace('{minutes}', Math.ceil(seconds / 60));
    }
    function tick() {
      var seconds = (end - performance.now()) / 1000;
      var text = words(seconds);
      if (timer.textContent !== text) timer.textContent = text;
      timer.classList.toggle('is-short', seconds < 300);
      var step = seconds <= 60 ? 1 : seconds <= 300 ? 5 : null;
      if (step && step !== announced && said) said.textContent = text;
      announced = step;
      if (seconds <= 0 && !over) {
        over = true;
        document.dispatchEvent(new CustomEvent('bb:time-over', { detail: timer.dataset.overUrl }));
      }
    }
    document.addEventListener('bb:time', function (event) {
      end = performance.now() + event.detail * 1000;
      if (event.detail > 0) over = false;
      tick();
    });
    tick();
    setInterval(tick, 1000);
  }

  each(document, '[data-order]', enhanceOrder);
  each(document, '.bb-q', keepApart);
  each(document, '[data-choose]', countChoices);
  each(document, '[data-flag-url]', enhanceFlag);
  each(document, '[data-upload-url]', function (box) {
    each(box, 'input[type="file"]', function (input) { enhanceFile(box, input); });
  });
  each(document, '[data-time-left]', runClock);
})();
