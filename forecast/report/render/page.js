"use strict";
(() => {
  const part = (id) => document.getElementById(id);
  const { curves } = JSON.parse(part("curves").textContent);
  const [scenario, month, said, svg] = ["scenario", "month", "said", "curve"].map(part);
  const left = 44, right = 628, top = 10, bottom = 212;
  const count = curves[0].by.length;
  const x = (i) => left + ((right - left) * i) / Math.max(1, count - 1);
  const y = (p) => bottom - (bottom - top) * p;

  function shape(name, attributes, text) {
    const node = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
    if (text) node.textContent = text;
    svg.append(node);
  }

  const path = (by) => by.map((p, i) => `${i ? "L" : "M"}${x(i)} ${y(p)}`).join("");

  function draw() {
    const chosen = curves[scenario.selectedIndex], at = Number(month.value);
    svg.replaceChildren();
    for (const p of [0, 0.25, 0.5, 0.75, 1]) {
      shape("line", { x1: left, x2: right, y1: y(p), y2: y(p) });
      shape("text", { x: left - 6, y: y(p) + 4, "text-anchor": "end" }, `${100 * p}%`);
    }
    for (let i = 0; i < count; i += 12) shape("text", { x: x(i), y: bottom + 20, "text-anchor": i ? "middle" : "start" }, chosen.months[i]);
    shape("line", { class: "now", x1: x(at), x2: x(at), y1: top, y2: bottom });
    if (chosen !== curves[0]) shape("path", { class: "base", d: path(curves[0].by) });
    shape("path", { d: path(chosen.by) });
    shape("circle", { cx: x(at), cy: y(chosen.by[at]), r: 5 });
    said.textContent = `${chosen.label}: ${chosen.said[at]}`;
  }

  function follow(event) {
    const box = svg.getBoundingClientRect();
    const place = ((event.clientX - box.left) / box.width) * 640;
    month.value = Math.round(((place - left) / (right - left)) * (count - 1));
    draw();
  }

  month.max = count - 1;
  month.value = Math.min(11, count - 1);
  scenario.addEventListener("change", draw);
  month.addEventListener("input", draw);
  svg.addEventListener("pointermove", follow);
  svg.addEventListener("pointerdown", follow);
  part("switch").hidden = false;
  draw();
})();
