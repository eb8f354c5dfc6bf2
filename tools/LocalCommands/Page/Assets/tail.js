import { ask, clock, copy, count, element, number, setText } from "./dom.js";
import { isOpen, keyOf, openEvent, openJourney } from "./journey.js";

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
    this.find = document.getElementById("find");
    this.live = document.getElementById("live");
    this.find.addEventListener("submit", event => {
      event.preventDefault();
      this.search(this.find.elements.what.value.trim());
    });
    this.live.addEventListener("click", () => {
      this.find.reset();
      this.search("");
    });
    this.offer();
    for (const end of ["mouseleave", "focusout"]) this.body.addEventListener(end, () => setTimeout(() => this.draw()));
  }

  get paused() { return this.pause.getAttribute("aria-pressed") === "true"; }

  /** Rows must not run away from who points at one. */
  get isHeld() { return this.body.matches(":hover") || this.body.contains(document.activeElement); }

  add(events) {
    if (events.length === 0) return;
    this.events = [...events, ...this.events].slice(0, Rows);
    document.getElementById("empty").hidden = true;
    if (this.paused || this.found || this.isHeld) this.say();
    else this.draw();
  }

  /** What to do where nothing was delivered yet. */
  offer() {
    const record = JSON.stringify({ kind: "order", orderId: "17", hello: "José" });
    const command = `aws firehose put-record --endpoint-url ${location.origin} --region us-east-1 --no-sign-request --delivery-stream-name data-events-stream --cli-binary-format raw-in-base64-out --record '${JSON.stringify({ Data: record })}'`;
    setText(document.getElementById("command"), command);
    document.getElementById("copy-command").addEventListener("click", event => copy(command, event.currentTarget));
    document.getElementById("send-one").addEventListener("click", async event => {
      const data = btoa(String.fromCharCode(...new TextEncoder().encode(record)));
      const button = event.currentTarget;
      try {
        const response = await ask("/", {
          method: "POST",
          headers: { "content-type": "application/x-amz-json-1.1", "x-amz-target": "Firehose_20150804.PutRecord" },
          body: JSON.stringify({ DeliveryStreamName: "data-events-stream", Record: { Data: data } }),
        });
        button.textContent = response.ok ? "Sent; it shows up here" : "It was refused";
      } catch (fault) {
        button.textContent = fault.message;
      }
    });
    document.getElementById("empty").hidden = false;
    this.say();
  }

  /** Shows all delivered events with that id, or those of that stream; nothing goes back to what is delivered now. */
  async search(what) {
    // A slow answer to an earlier search must not take the place of this one's.
    const search = this.latest = {};
    this.live.hidden = what === "";
    let result = {};
    if (what !== "") {
      this.found = [];
      this.foundBy = "Looking it up…";
      try {
        result = await this.lookUp(what);
      } catch (fault) {
        result = { found: [], foundBy: fault.message };
      }
      if (search !== this.latest) return;
    }
    this.found = result.found;
    this.foundBy = result.foundBy;
    this.draw();
    if (result.isElsewhere && !isOpen()) openEvent(what);
  }

  /** Asks the consumer's API for all events with that id, then for those of the stream. */
  async lookUp(what) {
    for (const name of ["id", "stream"]) {
      const response = await ask(`/api/events?limit=1000&${name}=${encodeURIComponent(what)}`);
      const answer = await response.json();
      const found = (answer.events ?? []).map(event => ({ id: event.id, source: event.source, stream: event.subject, type: event.type, acceptedAt: event.dteacceptedtime ?? event.time }));
      const foundBy = `${answer.next ? "The first " : ""}${count(found.length, "delivered events")} ${name === "id" ? "with the id" : "of the stream"} ${what}.`;
      if (found.length > 0) return { found, foundBy };
    }
    return { found: [], foundBy: `No delivered event has the id ${what}, and none is of such a stream.`, isElsewhere: true };
  }

  draw() {
    const wanted = new FormData(this.filter);
    const fits = (text, name) => text.toLowerCase().includes(wanted.get(name).trim().toLowerCase());
    const shown = (this.found ?? this.events).filter(event => fits(event.type, "type") && fits(event.stream ?? "", "stream"));
    this.body.replaceChildren(...shown.map(event => this.row(event)));
    this.types.replaceChildren(...[...new Set(this.events.map(event => event.type))].sort().map(type => element("option", { value: type })));
    this.say(shown.length);
  }

  say(shown = this.body.childElementCount) {
    setText(document.getElementById("held"),
      this.found ? this.foundBy : this.paused ? "Paused." : this.isHeld ? "Held while you are at a row."
      : this.events.length === 0 ? "Nothing has been delivered yet. Put a record, and it shows up here."
      : shown === 0 ? `Of the last ${count(this.events.length, "events")} none fits the filter.` : "A click on an event shows its journey; a click on a stream shows that stream alone.");
  }

  row(event) {
    const only = () => {
      this.filter.elements.stream.value = event.stream;
      this.draw();
    };
    return element("tr", {},
      element("td", {}, this.found ? event.acceptedAt.slice(0, 19).replace("T", " ") : clock(event.acceptedAt)),
      element("td", { title: event.type }, event.type),
      element("td", {}, event.stream === undefined ? "" : element("button", { type: "button", title: `Only ${event.stream}`, onclick: only }, event.stream)),
      element("td", {}, event.stream === undefined ? event.id
        : element("button", { type: "button", title: `The journey of ${event.id}`, "data-event": keyOf(event), onclick: () => openJourney(event) }, event.id)),
      element("td", { class: "number" }, event.latencyMs === undefined ? "" : `${number(event.latencyMs)} ms`));
  }
}
