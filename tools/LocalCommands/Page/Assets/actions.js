import { announce, element, keep, number, post, setText, unit } from "./dom.js";

const FoldedFrom = 4;

const aside = document.getElementById("aside");
const faults = document.getElementById("faults");
const promises = document.getElementById("promises");
const outcome = document.getElementById("outcome");

export function showAside(places) {
  keep(aside, places, place => place.id,
    place => element("li", { id: `aside-${place.id}` },
      element("span", {}, place.name, element("small", {}, place.where)),
      element("span", { class: "what" }, element("strong"), " ", element("span", { class: "unit" })),
      element("button", { type: "button", "aria-label": `${place.action} ${place.name.toLowerCase()}`, onclick: () => act(place) }, place.action)),
    (child, place) => {
      child.classList.toggle("some", place.count > 0);
      setText(child.querySelector("strong"), number(place.count));
      setText(child.querySelector(".unit"), unit(place.count, place.unit));
      child.querySelector("button").disabled = place.count === 0;
    });
}

async function act(place) {
  // The button is disabled once the place is empty: focus must not fall out of the page with it.
  outcome.focus();
  outcome.textContent = `${place.action}…`;
  try {
    tell(await post("/_page/actions", { place: place.id }));
  } catch (fault) {
    outcome.textContent = fault.message;
  }
}

/** Thirty recoveries are one line; all of them are behind it. */
function tell(text) {
  const lines = text.split("\n");
  outcome.replaceChildren(lines.length < FoldedFrom ? text
    : element("details", {}, element("summary", {}, lines.at(-1)), element("pre", { tabindex: "0" }, text)));
}

export function showFaults(list) {
  keep(faults, list, fault => fault.id,
    fault => element("li", {},
      element("span", {}, fault.name, element("small", { id: `what-${fault.id}` }, fault.what)),
      element("button", { type: "button", role: "switch", "aria-checked": "false", "aria-label": fault.name, "aria-describedby": `what-${fault.id}`, onclick: event => toggle(fault, event.currentTarget) })),
    (child, fault) => child.querySelector("button").setAttribute("aria-checked", String(fault.on)));
}

async function toggle(fault, button) {
  const on = button.getAttribute("aria-checked") !== "true";
  try {
    await post("/_page/faults", { id: fault.id, on });
    button.setAttribute("aria-checked", String(on));
  } catch (refusal) {
    outcome.textContent = refusal.message;
  }
}

export function showPromises(list) {
  keep(promises, list, promise => promise.name,
    promise => element("li", {}, element("strong", {}, promise.name), element("span", { class: "state" }), element("small")),
    (child, promise) => {
      if (promise.state === "broken" && child.className !== "broken") announce(`${promise.name}: broken. ${promise.evidence}`);
      child.className = promise.state;
      setText(child.querySelector(".state"), promise.state === "seen" ? "" : promise.state);
      setText(child.querySelector("small"), promise.evidence);
    });
}
