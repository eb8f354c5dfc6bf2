import { element } from "./dom.js";

const dialog = document.getElementById("journey");
const steps = document.getElementById("steps");

export async function openJourney({ stream, id }) {
  steps.replaceChildren(element("p", {}, "Looking it up…"));
  dialog.showModal();
  const response = await fetch(`/_page/journey?stream=${encodeURIComponent(stream)}&id=${encodeURIComponent(id)}`);
  const journey = await response.json();
  steps.replaceChildren(...(response.ok ? show(journey) : [element("p", {}, journey.detail)]));
}

function show(journey) {
  const list = element("dl");
  for (const step of journey.steps) {
    list.append(element("dt", {}, step.name), element("dd", {}, [step.at && new Date(step.at).toISOString().slice(11, 23), step.where].filter(Boolean).join(" · ")));
  }
  return [
    element("p", {}, `${journey.type} · stream ${journey.stream} · id ${journey.id}`),
    list,
    element("h3", {}, `As its producer sent it (${journey.payloadBytes.toLocaleString("en")} bytes)`),
    element("pre", { tabindex: "0" }, journey.payload),
    element("h3", {}, "The envelope: lake line, queue message, item and event detail"),
    element("pre", { tabindex: "0" }, journey.envelope),
  ];
}
