// The little that the parts share.
export const number = value => Math.round(value).toLocaleString("en");

/** What is counted, for one or for many: its units without the number. */
export const unit = (value, units) => value === 1 ? units.replace(/s$/, "") : units;

/** "1 event", "2 events". */
export const count = (value, units) => `${number(value)} ${unit(value, units)}`;

/** Where nothing was delivered since the host started, there is no latency, and not one of 0 ms. */
export const isMeasured = latency => latency.buckets.some(bucket => bucket.count > 0);

export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (value !== undefined && value !== false) made.setAttribute(key, value);
  }
  made.append(...children.filter(child => child !== undefined));
  return made;
}

/** Leaves what says the same as it is: a screen reader would read it again. */
export function setText(place, text) {
  if (place.textContent !== text) place.textContent = text;
}

/** Keeps one element for each key, so that focus and selection survive an update. */
export function keep(list, items, keyOf, make, update) {
  const known = new Map([...list.children].map(child => [child.dataset.key, child]));
  for (const item of items) {
    const key = keyOf(item);
    let child = known.get(key);
    if (!child) {
      child = make(item);
      child.dataset.key = key;
      list.append(child);
    }
    update(child, item);
    known.delete(key);
  }
  known.forEach(child => child.remove());
}

/** What somebody who does not see the page should hear. */
export function announce(text) {
  setText(document.getElementById("news"), text);
}

/** Copies text, and says so on the button. */
export async function copy(text, button) {
  const before = button.textContent;
  try {
    await navigator.clipboard.writeText(text);
    button.textContent = "Copied";
  } catch {
    button.textContent = "Not allowed by the browser";
  }
  setTimeout(() => { button.textContent = before; }, 1500);
}

/** Hours, minutes and seconds of a time. All times on the page are in UTC. */
export const clock = time => new Date(time).toISOString().slice(11, 19);

/** The host's answer. A browser says in its own words that nobody answers; the page says it in one way. */
export async function ask(path, options) {
  try {
    return await fetch(path, options);
  } catch {
    throw new Error("The host does not answer.");
  }
}

export async function post(path, body) {
  const response = await ask(path, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
  const text = await response.text();
  if (!response.ok) throw new Error(text || response.statusText);
  return text;
}
