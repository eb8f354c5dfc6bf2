import { element, keep, number, setText } from "./dom.js";

const figures = document.getElementById("figures");
const path = document.getElementById("path");

// The errors of each hop during the last minute: a count for each look, of which there is one a second.
const Minute = 60;
const errors = new Map();

// Which hop's failures lie in which place.
const asideOf = { transformer: "processing-failed", queue: "dead-letters", storer: "quarantine", emitter: "on-failure", bus: "rule-dead-letters" };

export function showFigures({ counts, latency, setAside }) {
  const aside = setAside.reduce((sum, place) => sum + place.count, 0);
  const shown = [
    ["accepted", number(counts.accepted)],
    ["delivered", number(counts.delivered)],
    ["under way", number(counts.pending)],
    ["set aside", number(aside), aside > 0],
    ["second copies", number(counts.duplicates)],
    ["median", `${number(latency.p50)} ms`],
    ["99 % under", `${number(latency.p99)} ms`],
  ];
  keep(figures, shown, ([name]) => name,
    ([name]) => element("div", {}, element("dt", {}, name), element("dd")),
    (child, [, value, isTrouble]) => {
      setText(child.lastChild, value);
      child.classList.toggle("trouble", isTrouble === true);
    });
}

function lately(hop) {
  const seen = errors.get(hop.id) ?? [hop.errors];
  errors.set(hop.id, seen);
  seen.push(hop.errors);
  if (seen.length > Minute) seen.shift();
  return hop.errors - seen[0];
}

export function showHops(hops, places) {
  keep(path, hops, hop => hop.id, make, (child, hop) => update(child, hop, places.find(place => place.id === asideOf[hop.id])));
}

function make(hop) {
  const name = hop.name.split(/(?<=n)(?=E)/).flatMap((part, index) => index ? [element("wbr"), part] : [part]);
  return element("li", { class: `hop ${hop.kind}`, id: `hop-${hop.id}` },
    element("span", { class: "wire", "aria-hidden": "true" }),
    element("h3", {}, ...name), element("p", { class: "what" }, hop.what), element("p", { class: "total" }),
    element("p", { class: "rate" }), element("p", { class: "waits" }), element("p", { class: "errors" }),
    asideOf[hop.id] && element("a", { class: "aside", href: `#aside-${asideOf[hop.id]}` }));
}

function update(child, hop, place) {
  const say = (name, text) => setText(child.querySelector(`.${name}`), text);
  say("total", number(hop.total));
  say("rate", hop.rate === null ? "" : `${number(hop.rate)}/s`);
  say("waits", hop.depth > 0 ? `${number(hop.depth)} waiting${hop.ageSeconds >= 1 ? `, oldest ${number(hop.ageSeconds)} s` : ""}` : "");
  say("errors", hop.errors > 0 ? `${number(lately(hop))} errors in the last minute, ${number(hop.errors)} since the start` : "");
  child.classList.toggle("flows", hop.rate > 0);
  child.style.setProperty("--pace", `${Math.max(0.2, 1.4 - Math.log10(hop.rate + 1) * 0.35)}s`);
  child.classList.toggle("trouble", hop.failing);
  if (place) {
    const link = child.querySelector(".aside");
    setText(link, `${number(place.count)} set aside`);
    link.setAttribute("aria-label", `${link.textContent}: ${place.name.toLowerCase()}`);
    link.classList.toggle("some", place.count > 0);
  }
}
