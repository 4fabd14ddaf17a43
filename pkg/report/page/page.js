
'use strict';
for (const box of document.querySelectorAll('.interactive')) {
  const table = box.querySelector('table');
  const scroll = box.querySelector('.scroll');
  const status = box.querySelector('.status');
  const form = box.querySelector('form');
  const heads = [...table.tHead?.rows[0].cells ?? []];
  const rows = [...table.tBodies];
  const tags = new Map(rows.map((row) => [row, new Set((row.dataset.tags ?? '').split(' '))]));
  const collator = new Intl.Collator(document.documentElement.lang, { numeric: true });
  let sorted = '';

  // What a row is sorted by in a column: a number, or else its text.
  const key = (row, column) => {
    const cell = row.rows[0].cells[column];
    return 'sort' in cell.dataset ? Number(cell.dataset.sort) : cell.textContent.trim();
  };
  const compare = (a, b) => typeof a === 'number' && typeof b === 'number' ? a - b : collator.compare(a, b);

  const tell = () => {
    const shown = rows.filter((row) => !row.hidden).length;
    const count = box.dataset.shown.replace('{shown}', shown).replace('{all}', rows.length);
    status.textContent = sorted ? count + '. ' + sorted : count;
  };

  // Once is from the least, twice from the most, three times the first order.
  const sort = (column) => {
    const head = heads[column];
    const next = { none: 'ascending', ascending: 'descending', descending: 'none' }[head.getAttribute('aria-sort')];
    for (const other of heads) other.setAttribute('aria-sort', 'none');
    head.setAttribute('aria-sort', next);
    let order = rows;
    sorted = '';
    if (next !== 'none') {
      const sign = next === 'ascending' ? 1 : -1;
      const keys = new Map(rows.map((row) => [row, key(row, column)]));
      order = [...rows].sort((a, b) => sign * compare(keys.get(a), keys.get(b)));
      sorted = box.dataset[next].replace('{column}', head.innerText.trim());
    }
    table.append(...order);
    tell();
  };

  // A row stays that has, of every facet of which values are checked, one.
  const filter = () => {
    const facets = [...form.querySelectorAll('fieldset')]
      .map((facet) => [...facet.querySelectorAll(':checked')].map((input) => input.value))
      .filter((values) => values.length > 0);
    for (const row of rows) {
      row.hidden = !facets.every((values) => values.some((value) => tags.get(row).has(value)));
    }
    tell();
  };

  heads.forEach((head, column) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.append(...head.childNodes);
    head.append(button);
    head.setAttribute('aria-sort', 'none');
    button.addEventListener('click', () => sort(column));
  });
  if (form) {
    form.hidden = false;
    form.addEventListener('change', filter);
    form.addEventListener('reset', () => setTimeout(filter));
    form.addEventListener('submit', (event) => event.preventDefault());
  }

  // A table that has no room loses the words under its symbols; one that has
  // needs no scrolling of its own.
  const fit = () => {
    const fits = () => table.offsetWidth <= scroll.clientWidth;
    scroll.classList.remove('narrow');
    if (!fits()) scroll.classList.add('narrow');
    scroll.classList.toggle('fits', fits());
    scroll.tabIndex = fits() ? -1 : 0;
  };
  let width = 0;
  new ResizeObserver(() => {
    if (scroll.offsetWidth !== width) {
      width = scroll.offsetWidth;
      fit();
    }
  }).observe(scroll);
  tell();
}
