import { element, keep, number } from "./dom.js";

const figures = document.getElementById("figures");
const path = document.getElementById("path");

export function showFigures({ counts, latency }) {
  const shown = [
    ["accepted", number(counts.accepted)],
    ["delivered", number(counts.delivered)],
    ["under way", number(counts.pending)],
    ["duplicates", number(counts.duplicates)],
    ["p50 / p99", `${latency.p50.toFixed(0)} / ${latency.p99.toFixed(0)} ms`],
  ];
  keep(figures, shown, ([name]) => name,
    ([name]) => element("div", {}, element("dt", {}, name), element("dd")),
    (child, [, value]) => { child.lastChild.textContent = value; });
}

export function showHops(hops) {
  keep(path, hops, hop => hop.id, make, update);
}

function make(hop) {
  return element("li", { class: `hop ${hop.kind}`, id: `hop-${hop.id}` },
    element("h3", {}, hop.name), element("p", {}, hop.what), element("p", { class: "total" }), element("p", { class: "now" }));
}

function update(child, hop) {
  const [, , total, now] = child.children;
  total.textContent = number(hop.total);
  const waits = hop.depth > 0 ? ` · ${number(hop.depth)} waiting${hop.ageSeconds >= 1 ? `, oldest ${number(hop.ageSeconds)} s` : ""}` : "";
  now.replaceChildren(`${number(hop.rate)}/s${waits}`);
  if (hop.errors > 0) now.append(" · ", element("span", { class: "errors" }, `${number(hop.errors)} errors`));
  child.classList.toggle("flows", hop.rate > 0);
  child.classList.toggle("trouble", hop.failing);
}
