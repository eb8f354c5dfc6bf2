// The page's one loop: the host says once a second how the path stands, and each part shows its share.
import { showHops, showFigures } from "./path.js";
import { Charts } from "./charts.js";
import { Tail } from "./tail.js";
import { showAside, showFaults, showPromises } from "./actions.js";
import { openAddressed } from "./journey.js";
import { clock, setText } from "./dom.js";

const connection = document.getElementById("connection");
const charts = new Charts();
const tail = new Tail();
let seenAt;
openAddressed();
window.addEventListener("hashchange", openAddressed);

const source = new EventSource("/_page/state");
source.addEventListener("open", () => say("live", "live"));
source.addEventListener("error", () => {
  document.body.classList.add("stale");
  say(`The host does not answer. ${seenAt ? `What you see is from ${clock(seenAt)} UTC. ` : ""}Look at the terminal where it ran; trying again.`, "lost");
});
source.addEventListener("state", message => {
  const state = JSON.parse(message.data);
  seenAt = state.at;
  document.body.classList.remove("stale");
  say(`live · ${state.address} · data in ${state.data}`, "live");
  showFigures(state);
  showHops(state.hops, state.setAside);
  showAside(state.setAside);
  showFaults(state.faults);
  showPromises(state.promises);
  charts.show(state);
  tail.add(state.tail);
});

function say(text, kind) {
  setText(connection, text);
  connection.className = kind;
}
