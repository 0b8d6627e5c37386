"use strict";
(() => {
  const part = (id) => document.getElementById(id);
  const { answers, fan, past } = JSON.parse(part("answers").textContent);
  const [scenario, month, said] = ["scenario", "month", "said"].map(part);
  const count = answers[0].by.length;
  const HEIGHT = 230, LEFT = 46, RIGHT = 16, TOP = 12, BOTTOM = 26, LABEL = 84;

  // A drawing as wide as its place, so that letters keep their size on a phone.
  function canvas(svg, low, high, first, last) {
    const width = Math.max(240, svg.clientWidth || 640);
    svg.setAttribute("viewBox", `0 0 ${width} ${HEIGHT}`);
    svg.replaceChildren();
    const x = (i) => LEFT + ((width - LEFT - RIGHT) * (i - first)) / Math.max(1, last - first);
    const y = (value) => HEIGHT - BOTTOM - ((HEIGHT - TOP - BOTTOM) * (value - low)) / (high - low);
    function shape(name, attributes, text) {
      const node = document.createElementNS("http://www.w3.org/2000/svg", name);
      for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
      if (text !== undefined) node.textContent = text;
      svg.append(node);
    }
    const along = (values, from) => values.map((value, i) => `${i ? "L" : "M"}${x(from + i)} ${y(value)}`).join("");
    function grid(step, unit) {
      for (let value = Math.ceil(low / step) * step; value <= high; value += step) {
        shape("line", { x1: LEFT, x2: width - RIGHT, y1: y(value), y2: y(value) });
        shape("text", { x: LEFT - 6, y: y(value) + 4, "text-anchor": "end" }, `${value}${unit}`);
      }
    }
    function months(names, from) {
      const each = 12 * Math.ceil(LABEL / (x(from + 12) - x(from)));
      names.forEach((name, i) => {
        if (i % each) return;
        const anchor = i === 0 && from === first ? "start" : x(from + i) > width - LABEL / 2 ? "end" : "middle";
        shape("text", { x: x(from + i), y: HEIGHT - 6, "text-anchor": anchor }, name);
      });
    }
    return { x, y, shape, along, grid, months, width };
  }

  function drawChance(chosen, at) {
    const to = canvas(part("curve"), 0, 100, 0, count - 1);
    const percent = (by) => by.map((p) => 100 * p);
    to.grid(25, "%");
    to.months(chosen.months, 0);
    to.shape("line", { class: "now", x1: to.x(at), x2: to.x(at), y1: TOP, y2: HEIGHT - BOTTOM });
    if (chosen !== answers[0]) to.shape("path", { class: "base", d: to.along(percent(answers[0].by), 0) });
    to.shape("path", { d: to.along(percent(chosen.by), 0) });
    to.shape("circle", { cx: to.x(at), cy: to.y(100 * chosen.by[at]), r: 5 });
  }

  // The fan from two years before the last month known on; it opens on the forecast, whatever the width.
  function drawFan(at) {
    const ends = [...fan.limits.flat(2), ...past, 100];
    const low = 10 * Math.floor(Math.min(...ends) / 10), high = 10 * Math.ceil(Math.max(...ends) / 10);
    const to = canvas(part("fan"), low, high, -past.length, count - 1);
    const now = past[past.length - 1];
    fan.limits.forEach(([lower, upper], i) => {
      const back = [...upper].reverse().map((value, j) => `L${to.x(count - 1 - j)} ${to.y(value)}`).join("");
      to.shape("path", { class: `band b${i}`, d: `M${to.x(-1)} ${to.y(now)}L${to.along(lower, 0).slice(1)}${back}Z` });
    });
    to.grid(high - low > 80 ? 40 : 20, "");
    to.months(fan.months, 0);
    to.shape("line", { class: "normal", x1: LEFT, x2: to.width - RIGHT, y1: to.y(100), y2: to.y(100) });
    to.shape("path", { class: "past", d: to.along(past, -past.length) });
    to.shape("path", { class: "median", d: to.along([now, ...fan.median], -1) });
    to.shape("line", { class: "now", x1: to.x(at), x2: to.x(at), y1: TOP, y2: HEIGHT - BOTTOM });
    to.shape("circle", { cx: to.x(at), cy: to.y(fan.median[at]), r: 5 });
    part("fan-said").textContent = fan.said[at];
  }

  // What page one says, for the chosen scenario.
  function tell(chosen) {
    document.querySelector("main h2").textContent = chosen.headline;
    document.querySelectorAll(".tiles .tile").forEach((tile, i) => {
      [...tile.querySelectorAll("p")].forEach((line, j) => { line.textContent = chosen.tiles[i][j]; });
    });
    part("of").textContent = chosen === answers[0] ? "" : chosen.label;
    part("of").hidden = chosen === answers[0];
  }

  function draw() {
    const chosen = answers[scenario.selectedIndex], at = Number(month.value);
    drawChance(chosen, at);
    drawFan(at);
    said.textContent = `${chosen.label}: ${chosen.said[at]}`;
    month.setAttribute("aria-valuetext", chosen.months[at]);
  }

  function follow(event, first) {
    const box = event.currentTarget.getBoundingClientRect();
    const share = (event.clientX - box.left - LEFT) / (box.width - LEFT - RIGHT);
    month.value = Math.round(first + share * (count - 1 - first));
    draw();
  }

  month.max = count - 1;
  month.value = Math.min(11, count - 1);
  scenario.addEventListener("change", () => { tell(answers[scenario.selectedIndex]); draw(); });
  month.addEventListener("input", draw);
  for (const [id, first] of [["curve", 0], ["fan", -past.length]]) {
    for (const kind of ["pointermove", "pointerdown"]) part(id).addEventListener(kind, (event) => follow(event, first));
  }
  // On a phone the fan stands on page one, in the place of the picture that is drawn for paper.
  const narrow = matchMedia("(max-width: 40rem)"), live = part("live-fan"), home = live.parentElement;
  function place() {
    const paper = part("figure-fan");
    if (narrow.matches && paper) paper.before(live); else home.append(live);
    draw();
  }
  narrow.addEventListener("change", place);
  part("switch").hidden = false;
  document.body.classList.add("live");
  new ResizeObserver(draw).observe(document.querySelector("main"));
  place();
})();
