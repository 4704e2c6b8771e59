// Search of the API reference. The library and the index are loaded when the search is first used.
const { search: libraryUrl, index: indexUrl } = document.querySelector('script[data-index]').dataset;
const box = document.querySelector('search');
const input = document.querySelector('#search');
const list = document.querySelector('#results');
const found = document.querySelector('#found');
const maxResults = 12;
const boosts = { Query: 1.5, Mutation: 1.5, Subscription: 1.5, Field: 0.6 };

/** `Order.paymentStatus` is found by `order`, `payment`, `status` and `paymentStatus`. */
function words(text) {
  const whole = text.split(/[^A-Za-z0-9_]+/);
  const parts = whole.flatMap((word) => word.split(/_|(?<=[a-z0-9])(?=[A-Z])/));
  return [...new Set([...whole, ...parts])].filter(Boolean);
}

let loading = null;
function load() {
  loading ??= Promise.all([import(libraryUrl), fetch(indexUrl).then((response) => response.json())])
    .then(([{ default: MiniSearch }, entries]) => {
      const index = new MiniSearch({
        fields: ['title', 'text'],
        storeFields: ['title', 'kind', 'url', 'text'],
        tokenize: words,
        searchOptions: {
          tokenize: (text) => text.split(/[^A-Za-z0-9_]+/).filter(Boolean),
          boost: { title: 5 },
          boostDocument: (_id, _term, { kind }) => boosts[kind] ?? 1,
          prefix: true,
          weights: { prefix: 0.6, fuzzy: 0.15 },
          fuzzy: (term) => (term.length > 4 ? 0.2 : false),
          combineWith: 'AND',
        },
      });
      index.addAll(entries);
      return index;
    })
    .catch((error) => {
      loading = null;
      throw error;
    });
  return loading;
}

function option({ title, kind, url, text }, position) {
  const link = document.createElement('a');
  link.href = url;
  link.id = `result-${position}`;
  link.tabIndex = -1;
  link.setAttribute('role', 'option');
  link.setAttribute('aria-selected', 'false');
  for (const [name, content] of [
    ['kind', kind],
    ['title', title],
    ['text', text],
  ]) {
    const part = document.createElement('span');
    part.className = name;
    part.textContent = content;
    link.append(part, ' ');
  }
  return link;
}

function select(link) {
  for (const other of list.querySelectorAll('[aria-selected=true]'))
    other.setAttribute('aria-selected', 'false');
  link?.setAttribute('aria-selected', 'true');
  link?.scrollIntoView({ block: 'nearest' });
  if (link) input.setAttribute('aria-activedescendant', link.id);
  else input.removeAttribute('aria-activedescendant');
}

function close() {
  list.hidden = true;
  input.setAttribute('aria-expanded', 'false');
  select(null);
}

function show(nodes, message) {
  list.replaceChildren(...nodes);
  list.hidden = false;
  input.setAttribute('aria-expanded', 'true');
  found.textContent = message;
  select(null);
}

function note(text) {
  const node = document.createElement('p');
  node.textContent = text;
  return node;
}

async function update() {
  const query = input.value.trim();
  if (query === '') {
    close();
    return;
  }
  try {
    const index = await load();
    if (query !== input.value.trim()) return;
    const isExact = ({ title }) => title.toLowerCase() === query.toLowerCase();
    const results = index
      .search(query.replace(/\(.*/, ''))
      .sort((a, b) => isExact(b) - isExact(a))
      .slice(0, maxResults);
    if (results.length === 0) show([note(`Nothing is found for “${query}”.`)], 'No results');
    else show(results.map(option), `${results.length} results`);
  } catch {
    show([note('The search could not be loaded. Try again.')], 'The search could not be loaded.');
  }
}

function move(step) {
  const links = [...list.querySelectorAll('[role=option]')];
  if (list.hidden || links.length === 0) return;
  const now = links.findIndex((link) => link.getAttribute('aria-selected') === 'true');
  const first = step > 0 ? 0 : links.length - 1;
  select(now === -1 ? links[first] : links[(now + step + links.length) % links.length]);
}

input.addEventListener('focus', () => {
  load().catch(() => undefined);
  update();
});
input.addEventListener('input', update);
input.addEventListener('keydown', (event) => {
  if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
    event.preventDefault();
    move(event.key === 'ArrowDown' ? 1 : -1);
  } else if (event.key === 'Enter') {
    const link = list.querySelector('[aria-selected=true]') ?? list.querySelector('[role=option]');
    if (!list.hidden) link?.click();
  } else if (event.key === 'Escape') {
    input.value = '';
    close();
  }
});
// A result on this page changes the address alone.
list.addEventListener('click', close);
document.addEventListener('pointerdown', ({ target }) => {
  if (!box.contains(target)) close();
});
document.addEventListener('keydown', (event) => {
  const isTyping = /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement?.tagName ?? '');
  if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || isTyping) return;
  event.preventDefault();
  input.focus();
});
box.hidden = false;
// The list is longer than the window: show the page that is open.
const current = document.querySelector('#contents [aria-current=page]');
const contents = document.querySelector('#contents');
if (current) contents.scrollTop = current.offsetTop - contents.clientHeight / 2;
