/* global echarts */
import { clock, isMeasured, number } from "./dom.js";

const Seconds = 120;
const Colors = { light: ["#8a97a5", "#1f5fa8"], dark: ["#8d9bab", "#78b0ec"] };

export class Charts {
  constructor() {
    this.times = [];
    this.accepted = [];
    this.delivered = [];
    this.dark = window.matchMedia("(prefers-color-scheme: dark)");
    this.dark.addEventListener("change", () => this.open());
    window.addEventListener("resize", () => { this.rate.resize(); this.latency.resize(); });
    this.open();
  }

  open() {
    this.rate?.dispose();
    this.latency?.dispose();
    const theme = this.dark.matches ? "dark" : undefined;
    const color = this.dark.matches ? Colors.dark : Colors.light;
    const still = { animation: false, backgroundColor: "transparent", grid: { left: 52, right: 12, top: 30, bottom: 26 } };
    this.rate = echarts.init(document.getElementById("rate"), theme);
    this.rate.setOption({ ...still, color, legend: { top: 0, right: 0 }, tooltip: { trigger: "axis" }, xAxis: { type: "category", boundaryGap: false }, yAxis: { type: "value", minInterval: 1 } });
    this.latency = echarts.init(document.getElementById("latency"), theme);
    this.latency.setOption({ ...still, color: [color[1]], tooltip: {}, grid: { ...still.grid, right: 34 }, xAxis: { type: "category", name: "ms", nameGap: 4 }, yAxis: { type: "value", minInterval: 1 } });
    if (this.last) this.draw(this.last);
  }

  show(state) {
    if (rate(state, "door") !== null) {
      for (const [list, value] of [[this.times, clock(state.at)], [this.accepted, rate(state, "door")], [this.delivered, rate(state, "responder")]]) {
        list.push(value);
        if (list.length > Seconds) list.shift();
      }
    }
    this.last = state;
    this.draw(state);
  }

  draw({ latency }) {
    const line = (name, data, more) => ({ name, data, type: "line", showSymbol: false, smooth: 0.2, ...more });
    this.rate.setOption({
      xAxis: { data: this.times },
      series: [line("accepted", this.accepted, { lineStyle: { width: 2, type: "dashed" } }), line("delivered", this.delivered, { lineStyle: { width: 2 }, areaStyle: { opacity: 0.12 } })],
    });
    this.latency.setOption({
      xAxis: { data: latency.buckets.map((bucket, index, all) => index < all.length - 1 ? `≤ ${bucket.toMs}` : `> ${all[index - 1].toMs}`) },
      series: [{ type: "bar", name: "events", data: latency.buckets.map(bucket => bucket.count), barCategoryGap: "12%", itemStyle: { borderRadius: [3, 3, 0, 0] } }],
    });
    describe("rate", `Events a second, the last two minutes. Now ${this.accepted.at(-1) ?? 0} accepted, ${this.delivered.at(-1) ?? 0} delivered.`);
    describe("latency", isMeasured(latency) ? `How many events took how long. Median ${number(latency.p50)} ms, 99 % under ${number(latency.p99)} ms.` : "How many events took how long. None was delivered yet.");
  }
}

const describe = (id, text) => document.getElementById(id).setAttribute("aria-label", text);

function rate(state, id) {
  const value = state.hops.find(hop => hop.id === id).rate;
  return value === null ? null : Math.round(value);
}
