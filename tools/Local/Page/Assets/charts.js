/* global echarts */
const Seconds = 120;

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
    const still = { animation: false, backgroundColor: "transparent", grid: { left: 52, right: 12, top: 30, bottom: 26 } };
    this.rate = echarts.init(document.getElementById("rate"), theme);
    this.rate.setOption({ ...still, legend: { top: 0, right: 0 }, tooltip: { trigger: "axis" }, xAxis: { type: "category" }, yAxis: { type: "value" } });
    this.latency = echarts.init(document.getElementById("latency"), theme);
    this.latency.setOption({ ...still, tooltip: {}, xAxis: { type: "category", name: "ms", nameGap: 4 }, yAxis: { type: "value" } });
    if (this.last) this.draw(this.last);
  }

  show(state) {
    for (const [list, value] of [[this.times, new Date(state.at).toLocaleTimeString("en-GB")], [this.accepted, rate(state, "door")], [this.delivered, rate(state, "responder")]]) {
      list.push(value);
      if (list.length > Seconds) list.shift();
    }
    this.last = state;
    this.draw(state);
  }

  draw({ latency }) {
    const line = (name, data, dashed) => ({ name, data, type: "line", showSymbol: false, lineStyle: { width: 2, type: dashed ? "dashed" : "solid" } });
    this.rate.setOption({ xAxis: { data: this.times }, series: [line("accepted", this.accepted, true), line("delivered", this.delivered)] });
    this.latency.setOption({
      xAxis: { data: latency.buckets.map(bucket => bucket.toMs) },
      series: [{ type: "bar", name: "events", data: latency.buckets.map(bucket => bucket.count), barCategoryGap: "12%" }],
    });
  }
}

const rate = (state, id) => Math.round(state.hops.find(hop => hop.id === id).rate);
