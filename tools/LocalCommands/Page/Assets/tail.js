import { element, setText } from "./dom.js";
import { openJourney } from "./journey.js";

const Rows = 200;

export class Tail {
  constructor() {
    this.body = document.querySelector("#tail tbody");
    this.filter = document.getElementById("filter");
    this.pause = document.getElementById("pause");
    this.types = document.getElementById("types");
    this.events = [];
    this.filter.addEventListener("input", () => this.draw());
    this.filter.addEventListener("submit", event => event.preventDefault());
    this.pause.addEventListener("click", () => {
      this.pause.setAttribute("aria-pressed", String(!this.paused));
      this.draw();
    });
    for (const end of ["mouseleave", "focusout"]) this.body.addEventListener(end, () => setTimeout(() => this.draw()));
  }

  get paused() { return this.pause.getAttribute("aria-pressed") === "true"; }

  /** Rows must not run away from who points at one. */
  get isHeld() { return this.body.matches(":hover") || this.body.contains(document.activeElement); }

  add(events) {
    if (events.length === 0) return;
    this.events = [...events, ...this.events].slice(0, Rows);
    if (this.paused || this.isHeld) this.say();
    else this.draw();
  }

  draw() {
    const wanted = new FormData(this.filter);
    const fits = (text, name) => text.toLowerCase().includes(wanted.get(name).trim().toLowerCase());
    const shown = this.events.filter(event => fits(event.type, "type") && fits(event.stream, "stream"));
    this.body.replaceChildren(...shown.map(event => this.row(event)));
    this.types.replaceChildren(...[...new Set(this.events.map(event => event.type))].sort().map(type => element("option", { value: type })));
    this.say(shown.length);
  }

  say(shown = this.body.childElementCount) {
    setText(document.getElementById("held"),
      this.paused ? "Paused." : this.isHeld ? "Held while you are at a row."
      : this.events.length === 0 ? "Nothing has been delivered yet. Put a record, and it shows up here."
      : shown === 0 ? `None of the last ${this.events.length} events fits the filter.` : "A click on an event shows its journey; a click on a stream shows that stream alone.");
  }

  row(event) {
    const only = () => {
      this.filter.elements.stream.value = event.stream;
      this.draw();
    };
    return element("tr", {},
      element("td", {}, new Date(event.acceptedAt).toLocaleTimeString("en-GB")),
      element("td", {}, event.type),
      element("td", {}, element("button", { type: "button", title: `Only ${event.stream}`, onclick: only }, event.stream)),
      element("td", {}, element("button", { type: "button", title: `The journey of ${event.id}`, onclick: () => openJourney(event) }, event.id)),
      element("td", { class: "number" }, `${event.latencyMs.toFixed(0)} ms`));
  }
}
