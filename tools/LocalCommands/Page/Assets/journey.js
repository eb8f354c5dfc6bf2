import { element, number } from "./dom.js";

const dialog = document.getElementById("journey");
const steps = document.getElementById("steps");

export async function openJourney({ stream, id, source }) {
  steps.replaceChildren(element("p", {}, "Looking it up…"));
  dialog.showModal();
  try {
    const response = await fetch(`/_page/journey?stream=${encodeURIComponent(stream)}&id=${encodeURIComponent(id)}&source=${encodeURIComponent(source)}`);
    const journey = await response.json();
    steps.replaceChildren(...(response.ok ? show(journey) : [element("p", {}, journey.detail)]));
  } catch {
    steps.replaceChildren(element("p", {}, "The host does not answer."));
  }
}

function show(journey) {
  return [
    element("p", { class: "about" }, element("b", {}, journey.type), ` · stream ${journey.stream} · id ${journey.id} · source ${journey.source}`),
    hops(journey.steps),
    timeline(journey.steps),
    bytes(`As its producer sent it, ${number(journey.payloadBytes)} bytes${journey.isText ? "" : ", shown in base64"}`, journey.payload, true),
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

const bytes = (title, text, open = false) =>
  element("details", { open: open && "" }, element("summary", {}, title), element("pre", { tabindex: "0" }, text));
