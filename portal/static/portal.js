// Makes pages live. Each of them works without this file: by its forms, links and a reload.
(function () {
  'use strict';
  var main = document.getElementById('main');
  var polls = 0,
    since = Date.now(),
    timer,
    ticker,
    busy,
    passed,
    deadline;

  function one(selector, root) {
    return (root || document).querySelector(selector);
  }
  function all(selector, root) {
    return Array.prototype.slice.call((root || document).querySelectorAll(selector));
  }
  function say(text) {
    var line = one('[data-says]');
    if (line && text && line.textContent !== text) line.textContent = text;
  }

  // ---- One tap is one post. aria-disabled, because a disabled button would not send its value.
  function mark(form, sent) {
    form.sent = sent;
    all('button', form).forEach(function (button) {
      button.setAttribute('aria-disabled', sent);
    });
  }
  document.addEventListener('submit', function (event) {
    var form = event.target;
    if (!form.hasAttribute('data-guard')) return;
    if (form.sent) return event.preventDefault();
    mark(form, true);
    setTimeout(mark, 15000, form, false); // the answer was lost
  });

  // ---- Copy, and passwords that hide themselves again
  document.addEventListener('click', function (event) {
    var button = event.target.closest && event.target.closest('[data-copy]');
    var source = button && document.getElementById(button.dataset.copy);
    if (!source || !navigator.clipboard) return;
    navigator.clipboard.writeText(source.textContent.trim()).then(function () {
      var label = one('span', button),
        before = label.textContent;
      if (before === button.dataset.copied) return;
      label.textContent = button.dataset.copied;
      say(button.dataset.copied);
      setTimeout(function () {
        label.textContent = before;
      }, 2000);
    });
  });
  all('[data-copy]').forEach(function (button) {
    button.hidden = !navigator.clipboard;
  });
  all('[data-reveal]').forEach(function (box) {
    all('[data-reveal-note]', box).forEach(function (note) {
      note.hidden = false;
    });
    function hide() {
      var secret = one('[data-secret]', box);
      if (secret) secret.remove();
      one('[data-hidden]', box).hidden = false;
    }
    setTimeout(hide, box.dataset.reveal * 1000);
    window.addEventListener('pagehide', hide);
  });

  // ---- What the page itself counts: the seconds of the request
  function count() {
    var wait = one('[data-left]', main);
    clearInterval(ticker);
    if (!wait) return;
    deadline = Date.now() + wait.dataset.left * 1000;
    passed = stage(+wait.dataset.left);
    var digits = one('b', wait),
      bar = one('progress', wait);
    ticker = setInterval(function () {
      var left = Math.max(0, Math.ceil((deadline - Date.now()) / 1000));
      digits.textContent = Math.floor(left / 60) + ':' + ('0' + (left % 60)).slice(-2);
      bar.value = left;
      if (stage(left) !== passed) {
        passed = stage(left);
        swap().catch(function () {});
      }
    }, 1000);
  }
  // 30, 90 and 120 seconds after the request, the page has something else to say.
  function stage(left) {
    return left <= 0 ? 3 : left <= 30 ? 2 : left <= 90 ? 1 : 0;
  }

  // ---- Takes the server's page and puts its main part here. Not while somebody types.
  function swap(message, force) {
    var field = document.activeElement;
    if (!force && field && field.tagName === 'INPUT' && field.type !== 'hidden' && main.contains(field))
      return Promise.resolve();
    return fetch(location.href, { cache: 'no-store' })
      .then(function (answer) {
        if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
        return answer.text();
      })
      .then(function (text) {
        var page = new DOMParser().parseFromString(text, 'text/html'),
          fresh = page.getElementById('main');
        if (!fresh) return;
        var open = one('details[open]', main),
          head = one('h1', main).textContent;
        var focused = field && main.contains(field);
        main.innerHTML = fresh.innerHTML;
        ['live', 'view', 'offline'].forEach(function (name) {
          if (fresh.dataset[name] === undefined) delete main.dataset[name];
          else main.dataset[name] = fresh.dataset[name];
        });
        document.title = page.title;
        if (open && (open = document.getElementById(open.id))) open.open = true;
        var title = one('h1', main);
        if (focused) {
          title.tabIndex = -1;
          title.focus();
        }
        // A status line that arrives with its words already in it is not read out.
        setTimeout(function () {
          say(message || (title.textContent !== head && title.textContent));
        }, 100);
        count();
      });
  }

  // ---- Asks whether something is new
  function pause() {
    var age = Date.now() - since;
    if (age > 600000) return 0;
    return polls < 5 ? 2000 : polls < 25 ? 3000 : age < 180000 ? 5000 : 15000;
  }
  function quiet(text) {
    var line = one('[data-quiet]');
    if (line && main.dataset.live) line.textContent = text;
  }
  function lost() {
    quiet(main.dataset.offline);
  }
  function later() {
    clearTimeout(timer);
    var wait = pause();
    if (main.dataset.live && wait) timer = setTimeout(ask, wait);
  }
  function ask() {
    clearTimeout(timer);
    if (busy || !main.dataset.live) return;
    if (document.hidden) return; // visibilitychange asks again
    busy = true;
    polls += 1;
    fetch(main.dataset.live, { cache: 'no-store' })
      .then(function (answer) {
        if (!answer.ok) throw new Error(String(answer.status));
        return answer.json();
      })
      .then(function (news) {
        quiet('');
        if (news.view !== undefined && String(news.view) !== main.dataset.view)
          return swap(news.message, news.status && news.status !== 'pending');
      })
      .catch(function () {
        if (!navigator.onLine) lost();
      })
      .then(function () {
        busy = false;
        later();
      });
  }
  function wake() {
    if (document.hidden) return;
    polls = 0;
    since = Date.now();
    ask();
  }
  document.addEventListener('visibilitychange', wake);
  window.addEventListener('online', wake);
  window.addEventListener('offline', lost);
  window.addEventListener('pageshow', function (event) {
    if (!event.persisted) return;
    all('form[data-guard]').forEach(function (form) {
      mark(form, false);
    });
    wake();
  });

  // ---- Start
  var problems = document.getElementById('problems');
  if (problems) problems.focus();
  var auto = one('form[data-auto]');
  if (auto) {
    var key = 'sent:' + auto.dataset.auto,
      before = '1';
    try {
      before = sessionStorage.getItem(key);
      sessionStorage.setItem(key, '1');
    } catch (_) {
      /* no storage: the button is there */
    }
    if (!before && !document.hidden) one('button', auto).click();
  }
  count();
  later();
})();
