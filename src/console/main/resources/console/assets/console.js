// Progressive enhancement of the pages: refreshing, local times, and suggestions while a name is typed. The pages work
// without it. It sets no inline styles and sends requests only to the console.
'use strict';

const EVERY = 5000; // minimum milliseconds between two refreshes
const COST = 20; // minimum pause between refreshes, as a multiple of the time that the last one took
const PAUSE = 150; // milliseconds without a keystroke before suggestions are requested
const SHORTEST = 2; // minimum characters for suggestions

// Local times

// Adds the local time beside each time in UTC, unless they are the same.
function localize(root) {
    const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZoneName: 'short' });
    const day = new Intl.DateTimeFormat('sv-SE');
    for (const time of root.querySelectorAll('time[datetime]')) {
        const at = new Date(time.dateTime);
        if (at.getTimezoneOffset() === 0 || !time.textContent.endsWith('UTC') || time.nextElementSibling?.matches('.local')) continue;
        const local = document.createElement('span');
        local.className = 'local quiet small';
        local.textContent = `${time.textContent.startsWith(day.format(at)) ? '' : day.format(at) + ' '}${clock.format(at)}`;
        time.after(' ', local);
    }
    const zone = root.querySelector('#zone');
    if (zone && new Date().getTimezoneOffset() !== 0) zone.textContent = 'Times are in UTC; local times are shown beside them';
}

// Refreshing

// Identifies an element among its siblings, so that it is kept when others are added or removed.
function key(node) {
    if (node.nodeType !== Node.ELEMENT_NODE) return '';
    if (node.id) return `#${node.id}`;
    const link = node.matches('tr, li') ? node.querySelector('a[href]') : null;
    return link ? link.getAttribute('href') : '';
}

// Updates a node to match another one. Keeps what the user changed: focus, open details, input and selection.
function renew(node, wanted) {
    if (node.nodeType !== Node.ELEMENT_NODE) {
        if (node.nodeValue !== wanted.nodeValue) node.nodeValue = wanted.nodeValue;
        return;
    }
    if (node.matches('input, textarea')) return;
    const kept = name => name === 'open' && node.nodeName === 'DETAILS';
    for (const { name } of [...node.attributes]) if (!wanted.hasAttribute(name) && !kept(name)) node.removeAttribute(name);
    for (const { name, value } of wanted.attributes) if (node.getAttribute(name) !== value && !kept(name)) node.setAttribute(name, value);
    renewChildren(node, wanted);
}

function renewChildren(node, wanted) {
    const known = new Map([...node.children].reverse().map(child => [key(child), child]));
    const needed = new Set([...wanted.children].map(key));
    let at = node.firstChild;
    for (const child of [...wanted.childNodes]) {
        const name = key(child);
        const match = name ? known.get(name) : at && !key(at) ? at : null;
        if (!match || match.nodeName !== child.nodeName) {
            node.insertBefore(child, at);
            continue;
        }
        known.delete(name);
        while (at && at !== match && !(key(at) && needed.has(key(at)))) at = remove(at);
        if (at === match) at = at.nextSibling;
        else node.insertBefore(match, at);
        renew(match, child);
    }
    while (at) at = remove(at);
}

function remove(node) {
    const next = node.nextSibling;
    node.remove();
    return next;
}

function show(page) {
    const focus = document.activeElement;
    for (const id of ['main', 'bottom']) {
        const wanted = page.getElementById(id);
        localize(wanted);
        renew(document.getElementById(id), wanted);
    }
    document.title = page.title;
    if (focus && focus !== document.activeElement) {
        (focus.isConnected ? focus : document.getElementById('main')).focus({ preventScroll: true });
    }
    htmx.process(document.getElementById('main'));
}

function refreshing() {
    const notice = document.getElementById('old');
    let known = Date.now(); // when the page last matched the console
    let address = '';
    let tag = '';

    const busy = () => document.hidden || document.querySelector('.htmx-request');

    async function refresh() {
        const requested = location.href;
        const headers = { Accept: 'text/html', ...(requested === address && { 'If-None-Match': tag }) };
        const answer = await fetch(requested, { headers, redirect: 'error' });
        if (answer.status !== 304) {
            if (!answer.ok) throw new Error(answer.status);
            const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
            if (busy() || location.href !== requested) return;
            show(page);
            address = requested;
            tag = answer.headers.get('ETag') ?? '';
        }
        known = Date.now();
    }

    function tell() {
        const age = Math.floor((Date.now() - known) / 1000);
        const old = age > Number(notice.dataset.allowed);
        const minutes = Math.floor(age / 60);
        notice.className = old ? 'wide notice warning' : 'wide';
        const text = old ? `The console cannot be reached. This page is as it was ${minutes === 1 ? 'a minute' : `${minutes} minutes`} ago.` : '';
        if (notice.textContent !== text) notice.textContent = text;
    }

    async function turn() {
        const started = Date.now();
        if (!busy()) {
            await refresh().catch(() => {});
            tell();
        }
        setTimeout(turn, Math.max(EVERY, COST * (Date.now() - started)));
    }

    setTimeout(turn, EVERY);
}

// Suggestions

// Makes a field a combobox: https://www.w3.org/WAI/ARIA/apg/patterns/combobox/. An option of a field for any kind of name
// leads to its page; one of a field for a kind fills in what the form can use of it.
function suggesting(field, number) {
    const list = Object.assign(document.createElement('ul'), { className: 'suggestions', id: `suggestions-${number}`, hidden: true });
    const count = Object.assign(document.createElement('span'), { className: 'unseen' });
    list.setAttribute('role', 'listbox');
    list.setAttribute('aria-label', 'Suggestions');
    count.setAttribute('role', 'status');
    field.form.append(list, count);
    const state = { role: 'combobox', 'aria-autocomplete': 'list', 'aria-expanded': 'false', 'aria-controls': list.id };
    Object.entries(state).forEach(([name, value]) => field.setAttribute(name, value));
    let timer = 0;
    let asking = new AbortController();
    const options = () => [...list.children];
    const active = () => list.querySelector('[aria-selected=true]');

    function close() {
        clearTimeout(timer);
        asking.abort();
        list.hidden = true;
        list.replaceChildren();
        count.textContent = '';
        field.setAttribute('aria-expanded', 'false');
        field.removeAttribute('aria-activedescendant');
    }

    async function ask() {
        asking.abort();
        asking = new AbortController();
        const text = field.value.trim();
        if (text.length < SHORTEST) return close();
        const address = `/search/options?${new URLSearchParams({ q: text, kind: field.dataset.suggest })}`;
        const answer = await fetch(address, { signal: asking.signal, redirect: 'error' });
        if (!answer.ok) return close();
        open(new DOMParser().parseFromString(await answer.text(), 'text/html').querySelectorAll('li'));
    }

    function open(found) {
        if (found.length === 0) close();
        list.replaceChildren(...found);
        options().forEach((option, index) => (option.id = `${list.id}-${index}`));
        count.textContent = found.length === 1 ? '1 suggestion' : `${found.length || 'No'} suggestions`;
        if (found.length === 0) return;
        list.hidden = false;
        list.style.minWidth = `${field.offsetWidth}px`;
        list.style.left = `${Math.min(field.offsetLeft, field.form.clientWidth - list.offsetWidth)}px`;
        list.style.top = `${field.offsetTop + field.offsetHeight}px`;
        field.setAttribute('aria-expanded', 'true');
        field.removeAttribute('aria-activedescendant');
    }

    function select(option) {
        active()?.setAttribute('aria-selected', 'false');
        option.setAttribute('aria-selected', 'true');
        option.scrollIntoView({ block: 'nearest' });
        field.setAttribute('aria-activedescendant', option.id);
    }

    function choose(option) {
        const { address, fields } = option.dataset;
        close();
        if (field.dataset.suggest === '') return location.assign(address);
        for (const [name, value] of new URLSearchParams(fields)) {
            if (field.form.elements[name]) field.form.elements[name].value = value;
        }
        field.dispatchEvent(new Event('change', { bubbles: true }));
    }

    function press(event) {
        const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
        if (step && !list.hidden) {
            const all = options();
            const from = active() ? all.indexOf(active()) + step : step > 0 ? 0 : -1;
            select(all.at(from % all.length));
        } else if (step > 0) {
            ask().catch(() => {});
        } else if (event.key === 'Enter' && active()) {
            choose(active());
        } else if (event.key === 'Escape' && !list.hidden) {
            close();
        } else {
            return;
        }
        event.preventDefault();
    }

    field.addEventListener('input', () => {
        clearTimeout(timer);
        timer = setTimeout(() => ask().catch(() => {}), PAUSE);
    });
    field.addEventListener('keydown', press);
    field.addEventListener('blur', close);
    list.addEventListener('pointerdown', event => event.preventDefault());
    list.addEventListener('click', event => event.target.closest('li') && choose(event.target.closest('li')));
}

localize(document);
document.querySelectorAll('input[data-suggest]').forEach(suggesting);
document.body.addEventListener('htmx:afterSwap', event => localize(event.target));
if (document.getElementById('main').dataset.live === 'true') refreshing();
