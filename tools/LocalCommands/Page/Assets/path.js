import { count, element, isMeasured, keep, number, setText } from "./dom.js";

const figures = document.getElementById("figures");
const path = document.getElementById("path");

// Which hop's failures lie in which place.
const asideOf = { transformer: "processing-failed", queue: "dead-letters", storer: "quarantine", emitter: "on-failure", bus: "rule-dead-letters" };

export function showFigures({ numbers, pending, latency, setAside }) {
  const aside = setAside.reduce((sum, place) => sum + place.count, 0);
  const shared = name => numbers.find(shared => shared.name === name);
  const shown = [
    ...["accepted", "delivered"].map(name => [name, number(shared(name).ever), false, shared(name)]),
    ["under way", number(pending)],
    ["set aside", number(aside), aside > 0],
    ...["duplicates", "replays"].map(name => [name, number(shared(name).ever), false, shared(name)]),
    ...[["median", latency.p50], ["99 % under", latency.p99]].map(([name, value]) => [name, isMeasured(latency) ? `${number(value)} ms` : "–"]),
  ];
  keep(figures, shown, ([name]) => name,
    ([name]) => element("div", {}, element("dt", {}, name), element("dd")),
    (child, [, value, isTrouble, shared]) => {
      setText(child.lastChild, value);
      if (shared) child.title = `${shared.description} Since the data directory began; ${number(shared.sinceStart)} since the host started.`;
      child.classList.toggle("trouble", isTrouble === true);
    });
}

export function showHops(hops, places) {
  keep(path, hops, hop => hop.id, make, (child, hop) => update(child, hop, places.find(place => place.id === asideOf[hop.id])));
}

function make(hop) {
  const name = hop.name.split(/(?<=[a-z])(?=[A-Z])/).flatMap((part, index) => index ? [element("wbr"), part] : [part]);
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
  say("errors", hop.errors > 0 ? `${count(hop.errors, "errors")}, ${number(hop.errorsLastMinute)} in the last minute` : "");
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
