import { ask, copy, count, element, number } from "./dom.js";
import { indented } from "./indent.js";

const dialog = document.getElementById("journey");
const steps = document.getElementById("steps");

const Address = "#journey=";
const OfId = "#event=";
let opened;

document.getElementById("copy-link").addEventListener("click", event => copy(location.href, event.currentTarget));

// The row may have been drawn anew meanwhile: focus goes back to the one that shows the event.
dialog.addEventListener("close", () => {
  history.replaceState(null, "", location.pathname);
  const row = [...document.querySelectorAll("#tail button[data-event]")].find(button => button.dataset.event === opened);
  (row ?? document.querySelector("#find input")).focus();
});

/** The journey that the page's address names. */
export function openAddressed() {
  if (location.hash.startsWith(OfId)) openEvent(decodeURIComponent(location.hash.slice(OfId.length)));
  if (!location.hash.startsWith(Address)) return;
  const [stream, id, source] = location.hash.slice(Address.length).split("&").map(decodeURIComponent);
  openJourney({ stream, id, source });
}

/** Whether somebody looks at a journey. */
export const isOpen = () => dialog.open;

/** What happened to the event with that id, wherever it is: in the store, on its way, or set aside. */
export async function openEvent(id) {
  opened = undefined;
  const shown = open(OfId + encodeURIComponent(id), "Looking for it at each place of the path…");
  shown.replaceChildren(...await seen(id, ""));
}

/** Each opening has an element of its own: what a slow answer fills after another event was opened is no longer on the page. */
function open(address, wait) {
  history.replaceState(null, "", address);
  const shown = element("div", {}, element("p", {}, wait));
  steps.replaceChildren(shown);
  if (!dialog.open) dialog.showModal();
  return shown;
}

/** Each place where an event was seen, as `operator events get` says it. */
async function seen(id, stream) {
  try {
    const response = await ask(`/_page/events?id=${encodeURIComponent(id)}&stream=${encodeURIComponent(stream)}`);
    const answer = await response.json();
    return response.ok ? [...answer.events.flatMap(event => trace(id, event)), ...unread(answer.unread)] : [element("p", {}, answer.detail)];
  } catch (fault) {
    return [element("p", {}, fault.message)];
  }
}

function trace(id, event) {
  return [
    about({ ...event, id }),
    element("p", { class: "state" }, event.state),
    element("ol", { class: "steps" }, ...event.journey.map(step => element("li", { class: step.at ? "" : "timeless", "data-step": step.hop },
      element("span", { class: "name" }, step.hop),
      step.at ? element("time", { datetime: step.at }, new Date(step.at).toISOString().slice(11, 23)) : element("span"),
      element("span"),
      element("small", {}, step.place, step.note ? element("br") : "", step.note ?? "")))),
    bytes("The envelope", event.envelope),
  ];
}

const unread = places => places.map(place => element("p", { class: "hint" }, `Not looked into: ${place}.`));

const about = journey => element("p", { class: "about" },
  element("b", {}, journey.type), ` · stream ${journey.stream} · id ${journey.id} · source ${journey.source} · times in UTC`);

export const keyOf = ({ stream, id, source }) => [stream, id, source].map(encodeURIComponent).join("&");

export async function openJourney({ stream, id, source }) {
  opened = keyOf({ stream, id, source });
  const shown = open(Address + opened, "Looking it up…");
  try {
    const response = await ask(`/_page/journey?stream=${encodeURIComponent(stream)}&id=${encodeURIComponent(id)}&source=${encodeURIComponent(source)}`);
    const journey = await response.json();
    shown.replaceChildren(...(response.ok ? show(journey) : await seen(id, stream)));
    // Somebody has to be told where an event stays that the consumer does not have.
    if (response.ok && !journey.delivered) {
      const rest = await seen(id, stream);
      shown.append(element("h3", {}, "Where it is now"), ...rest.filter(child => child.className !== "about"));
    }
  } catch (fault) {
    shown.replaceChildren(element("p", {}, fault.message));
  }
}

function show(journey) {
  return [
    about(journey),
    hops(journey.steps),
    timeline(journey.steps),
    bytes(`As its producer sent it, ${count(journey.payloadBytes, "bytes")}${journey.isText ? "" : ", shown in base64"}`, journey.payload, true),
    bytes("The lake's line and the queue's message: the envelope", journey.envelope),
    bytes("The item in DynamoDB", journey.item),
    journey.event ? bytes("The event on the bus", journey.event) : element("p", { class: "hint" }, "The bus's archive does not show the event yet."),
  ];
}

/** Where its time went, from one known time to the next. */
function hops(all) {
  const known = all.filter(step => step.at && step.id !== "lake");
  const bar = element("ol", { class: "hops", "aria-label": "Where its time went" });
  known.slice(1).forEach((step, index) => {
    const took = Math.max(0, new Date(step.at) - new Date(known[index].at));
    bar.append(element("li", { style: `flex-grow: ${took + 4}` }, element("b", {}, `${number(took)} ms`), ` to ${step.id}`));
  });
  return bar;
}

function timeline(all) {
  const list = element("ol", { class: "steps" });
  const start = new Date(all[0].at);
  for (const step of all) {
    const at = step.at && new Date(step.at);
    list.append(element("li", { class: step.at ? "" : "timeless", "data-step": step.id },
      element("span", { class: "name" }, step.name),
      at ? element("time", { datetime: step.at }, at.toISOString().slice(11, 23)) : element("span"),
      element("span", { class: "number" }, at && at > start ? `+${number(at - start)} ms` : ""),
      element("small", {}, step.where)));
  }
  return list;
}

function bytes(title, text, open = false) {
  const shown = element("pre", { tabindex: "0" }, text);
  const indent = element("button", { type: "button", "aria-pressed": "false", onclick: () => {
    const on = indent.getAttribute("aria-pressed") !== "true";
    indent.setAttribute("aria-pressed", String(on));
    shown.textContent = on ? indented(text) : text;
  } }, "Indent");
  const copied = element("button", { type: "button", onclick: () => copy(shown.textContent, copied) }, "Copy");
  return element("details", { open: open && "" }, element("summary", {}, title), element("p", { class: "tools" }, indent, copied), shown);
}
