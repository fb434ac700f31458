/* Moves through <form data-grid> as through a spreadsheet: arrows and Enter between cells, and a word before
   what was typed is left behind. Without this file Tab goes from cell to cell. ES2017. */
(function () {
  'use strict';
  var form = document.querySelector('form[data-grid]');
  if (!form) return;
  var rows = Array.prototype.slice.call(form.querySelectorAll('tbody tr'));
  var changed = false;

  function cells(row) {
    return Array.prototype.slice.call(row.querySelectorAll('input'));
  }

  function go(input, down, right) {
    var row = input.closest('tr');
    var own = cells(row);
    var target = rows[rows.indexOf(row) + down];
    var next = target && cells(target)[own.indexOf(input) + right];
    if (!next) return false;
    next.focus();
    if (next.select) next.select();
    return true;
  }

  form.addEventListener('keydown', function (event) {
    var input = event.target;
    if (!input.closest('tbody') || event.altKey || event.ctrlKey || event.metaKey) return;
    var text = input.type === 'text';
    var start = !text || (input.selectionStart === 0 && (input.selectionEnd === 0 || input.selectionEnd === input.value.length));
    var end = !text || input.selectionEnd === input.value.length;
    var moves = {
      ArrowDown: function () { return go(input, 1, 0); },
      ArrowUp: function () { return go(input, -1, 0); },
      ArrowLeft: function () { return start && go(input, 0, -1); },
      ArrowRight: function () { return end && go(input, 0, 1); },
      Enter: function () { go(input, event.shiftKey ? -1 : 1, 0); return true; } // never sends the form half-way
    };
    if (moves[event.key] && moves[event.key]()) event.preventDefault();
  });
  form.addEventListener('input', function () { changed = true; });
  form.addEventListener('submit', function () { changed = false; });
  window.addEventListener('beforeunload', function (event) {
    if (!changed) return;
    event.preventDefault();
    event.returnValue = '';
  });
})();
