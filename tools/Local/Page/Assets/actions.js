import { element, keep, number, post } from "./dom.js";

const aside = document.getElementById("aside");
const faults = document.getElementById("faults");
const promises = document.getElementById("promises");
const outcome = document.getElementById("outcome");

export function showAside(places) {
  keep(aside, places, place => place.id,
    place => element("li", {},
      element("span", {}, place.name, element("small", {}, place.where)),
      element("span", {}, element("strong"), " ", element("button", { type: "button", onclick: () => act(place) }, place.action))),
    (child, place) => {
      child.classList.toggle("some", place.count > 0);
      child.querySelector("strong").textContent = number(place.count);
      child.querySelector("button").disabled = place.count === 0;
    });
}

async function act(place) {
  outcome.textContent = `${place.action}…`;
  try {
    outcome.textContent = await post("/_page/actions", { place: place.id });
  } catch (fault) {
    outcome.textContent = fault.message;
  }
}

export function showFaults(list) {
  keep(faults, list, fault => fault.id,
    fault => element("li", {},
      element("span", {}, fault.name, element("small", {}, fault.what)),
      element("button", { type: "button", "aria-pressed": "false", onclick: event => toggle(fault.id, event.target) }, "Off")),
    (child, fault) => {
      const button = child.querySelector("button");
      button.setAttribute("aria-pressed", String(fault.on));
      button.setAttribute("aria-label", `${fault.name}: ${fault.on ? "on" : "off"}`);
      button.textContent = fault.on ? "On" : "Off";
    });
}

const toggle = (id, button) => post("/_page/faults", { id, on: button.getAttribute("aria-pressed") !== "true" }).catch(fault => { outcome.textContent = fault.message; });

export function showPromises(list) {
  keep(promises, list, promise => promise.name, () => element("li"), (child, promise) => {
    child.className = promise.state;
    child.textContent = `${promise.name}: ${promise.evidence}`;
  });
}
