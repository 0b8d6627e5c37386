// Three pictures: the chance to be back by each month, the course of output, the months of return. Drawn by uPlot.
desk.charts = (() => {
  const { text, short, later, odds, percent } = desk.words;
  const FAN = { low: 1, lower: 2, middle: 3, upper: 4, high: 5 };
  const HEIGHT = 260;
  let shown = [];

  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const months = (from, to) => Array.from({ length: to - from + 1 }, (_, i) => from + i);
  const monthAt = (h) => short(later(desk.data.origin, h));
  const present = (answers) => Object.entries(answers).filter(([, found]) => found && !found.refused);
  const label = (name) => text[`desk.name_${name}`];
  const stroke = (name) => colour(`--${name}`);
  const dash = (name) => (name === "base" ? [6, 4] : name === "b" ? [2, 3] : []);

  function options(place, series, format, extra = {}) {
    const axis = { stroke: colour("--soft"), grid: { stroke: colour("--line"), width: 1 }, ticks: { show: false } };
    return {
      width: place.clientWidth, height: HEIGHT, scales: { x: { time: false } },
      axes: [
        { ...axis, space: 70, incrs: [1, 3, 6, 12, 24], values: (_, at) => at.map(monthAt) },
        { ...axis, size: 52, values: (_, at) => at.map(format) },
      ],
      series: [{ label: text["desk.month"], value: (_, at) => (at === null ? "" : monthAt(at)) }, ...series],
      ...extra,
    };
  }

  function draw(name, data, made) {
    const place = document.getElementById(`chart-${name}`);
    place.replaceChildren();
    shown.push([place, new uPlot(made(place), data, place)]);
  }

  const line = (name, format) => ({
    label: label(name), stroke: stroke(name), width: name === "base" ? 1.5 : 2.5, dash: dash(name),
    points: { show: false }, value: (_, at) => (at === null || at === undefined ? "" : format(at)),
  });

  function chances(answers, longest) {
    const of = present(answers), x = months(0, longest);
    const by = (found, h) => (desk.data.calm ? (h ? found.begun[h - 1] : 0) : found.by[h]);
    const data = [x, ...of.map(([, found]) => x.map((h) => by(found, h) ?? null))];
    draw("chance", data, (place) => options(place, of.map(([name]) => line(name, odds)), (at) => percent(100 * at),
      { scales: { x: { time: false }, y: { range: [0, 1] } } }));
  }

  function returns(answers, longest) {
    const of = present(answers), x = months(1, longest);
    const data = [x, ...of.map(([, found]) => x.map((h) => (h <= found.horizon ? found.by[h] - found.by[h - 1] : null)))];
    draw("returns", data, (place) => options(place, of.map(([name]) => ({
      ...line(name, (p) => percent(100 * p, 1)), paths: uPlot.paths.stepped({ align: 1 }),
    })), (at) => percent(100 * at, 1)));
  }

  // The fan of one scenario over the median of the baseline, percent of normal.
  function courses(answers, now) {
    const found = answers[now].refused ? answers.base : answers[now], name = answers[now].refused ? "base" : now;
    const x = months(1 - desk.data.past, found.horizon), past = (values) => [...found.past, ...values];
    const empty = found.past.map(() => null), ahead = (i) => [...empty.slice(1), found.past[found.past.length - 1], ...found.fan[i]];
    const base = [...empty, ...answers.base.fan[FAN.middle]].slice(0, x.length);
    const show = (at) => percent(at, 0);
    const edge = (word) => ({ ...line(name, show), label: text[`desk.${word}`], width: 0, dash: [] });
    const tint = (share) => `${stroke(name)}${share}`;
    draw("course", [x, ahead(FAN.high), ahead(FAN.low), ahead(FAN.upper), ahead(FAN.lower), past(found.fan[FAN.middle]), base],
      (place) => options(place, [edge("high"), edge("low"), edge("upper"), edge("lower"), line(name, show), { ...line("base", show), label: text["desk.base_median"] }],
        (at) => percent(at), { bands: [{ series: [1, 2], fill: tint("33") }, { series: [3, 4], fill: tint("44") }] }));
  }

  function all(answers, now) {
    shown.forEach(([, chart]) => chart.destroy());
    shown = [];
    const longest = Math.max(...present(answers).map(([, found]) => found.horizon));
    if (desk.data.slumps || desk.data.calm) chances(answers, longest);
    courses(answers, now);
    if (desk.data.slumps) returns(answers, longest);
  }

  const fit = () => shown.forEach(([place, chart]) => chart.setSize({ width: place.clientWidth, height: HEIGHT }));

  // One picture of all charts under the finding, as the address of a PNG.
  function picture(title) {
    const canvases = shown.map(([, chart]) => chart.ctx.canvas), gap = 48;
    const sheet = document.createElement("canvas"), pen = sheet.getContext("2d");
    sheet.width = Math.max(...canvases.map((of) => of.width));
    sheet.height = canvases.reduce((total, of) => total + of.height + gap, 0);
    pen.fillStyle = colour("--back");
    pen.fillRect(0, 0, sheet.width, sheet.height);
    pen.fillStyle = colour("--ink");
    pen.font = "20px system-ui, sans-serif";
    canvases.reduce((top, of, i) => {
      pen.fillText(i ? text[`desk.chart_${shown[i][0].id.replace("chart-", "")}`] : title, 8, top + 32, sheet.width - 16);
      pen.drawImage(of, 0, top + gap);
      return top + of.height + gap;
    }, 0);
    return sheet.toDataURL("image/png");
  }

  return { all, fit, picture };
})();
