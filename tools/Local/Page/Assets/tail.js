import { element } from "./dom.js";
import { openJourney } from "./journey.js";

const Rows = 200;

export class Tail {
  constructor() {
    this.body = document.querySelector("#tail tbody");
    this.filter = document.getElementById("filter");
    this.pause = document.getElementById("pause");
    this.events = [];
    this.filter.addEventListener("input", () => this.draw());
    this.filter.addEventListener("submit", event => event.preventDefault());
    this.pause.addEventListener("click", () => {
      this.pause.setAttribute("aria-pressed", String(!this.paused));
      this.draw();
    });
  }

  get paused() { return this.pause.getAttribute("aria-pressed") === "true"; }

  add(events) {
    if (events.length === 0) return;
    this.events = [...events, ...this.events].slice(0, Rows);
    if (!this.paused && !this.body.contains(document.activeElement)) this.draw();
  }

  draw() {
    const wanted = new FormData(this.filter);
    const fits = (text, name) => text.toLowerCase().includes(wanted.get(name).trim().toLowerCase());
    this.body.replaceChildren(...this.events.filter(event => fits(event.type, "type") && fits(event.stream, "stream")).map(row));
  }
}

function row(event) {
  const open = element("button", { type: "button", onclick: () => openJourney(event) }, event.id);
  return element("tr", {},
    element("td", {}, new Date(event.acceptedAt).toLocaleTimeString("en-GB")),
    element("td", {}, event.type),
    element("td", {}, element("button", { type: "button", title: `The journey of ${event.id}`, onclick: () => openJourney(event) }, event.stream)),
    element("td", {}, open),
    element("td", { class: "number" }, `${event.latencyMs.toFixed(0)} ms`));
}
