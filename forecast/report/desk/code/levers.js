// The levers: what each may be set to, drawn as controls of the page, read back as the keys of a scenario.
desk.levers = (() => {
  const { text, short, later, number } = desk.words;
  const SHOCKS = 3, PRINTS = 2;
  let changed = () => {};

  const element = (tag, attributes = {}, ...children) => {
    const made = document.createElement(tag);
    Object.entries(attributes).forEach(([name, value]) => made.setAttribute(name, value));
    made.append(...children);
    return made;
  };

  // A choice among [value, words].
  function choice(name, label, options) {
    const select = element("select", { id: name, name }, ...options.map(([value, words]) => element("option", { value }, words)));
    select.addEventListener("change", () => changed());
    return element("p", { class: "control" }, element("label", { for: name }, label), select);
  }

  // A slider and the same number to type. unit: what follows the number when it is read aloud.
  function slider(name, label, { min, max, step, unit }) {
    const limits = { min, max, step };
    const range = element("input", { type: "range", id: name, name, ...limits });
    const typed = element("input", { type: "number", ...limits, "aria-label": label });
    const speak = () => range.setAttribute("aria-valuetext", `${number(Number(range.value), step < 1 ? 1 : 0)} ${unit}`);
    range.addEventListener("input", () => { typed.value = range.value; speak(); changed(); });
    typed.addEventListener("input", () => { if (typed.validity.valid && typed.value) { range.value = typed.value; speak(); changed(); } });
    range.show = (value) => { range.value = value; typed.value = value; speak(); };
    return element("p", { class: "control" }, element("label", { for: name }, label), range, typed, element("span", { class: "unit" }, unit));
  }

  const ahead = (from, to) => Array.from({ length: to - from + 1 }, (_, i) => {
    const month = later(desk.data.origin, from + i);
    return [month, short(month)];
  });
  const percents = (min, max) => ({ min, max, step: 0.5, unit: "%" });
  const group = (key, ...children) =>
    element("fieldset", { id: `lever-${key}` }, element("legend", {}, text[`desk.${key}`]), ...children);
  const numbered = (label, i) => (i ? `${label} (${i + 1})` : label);

  function drawn() {
    const { horizon, normals, hold, window } = desk.data;
    const coming = ahead(1, horizon);
    const shocks = Array.from({ length: SHOCKS }, (_, i) => [
      slider(`shock-size-${i}`, numbered(text["desk.size"], i), percents(-40, 40)),
      choice(`shock-start-${i}`, numbered(text["desk.start"], i), coming),
      slider(`shock-half-${i}`, numbered(text["desk.half_life"], i), { min: 0, max: 36, step: 1, unit: text["desk.months"] }),
    ]);
    const prints = Array.from({ length: PRINTS }, (_, i) => [
      choice(`print-rate-${i}`, numbered(text["desk.rate"], i), [["", text["desk.none"]], ...["yoy_pct", "mom_pct", "ytd_yoy_pct"].map((rate) => [rate, text[`rate.${rate}`]])]),
      choice(`print-month-${i}`, numbered(text["desk.month"], i), ahead(1, 12)),
      slider(`print-value-${i}`, numbered(text["desk.value"], i), percents(-40, 40)),
    ]);
    return [
      group("shock", ...shocks[0], element("details", {}, element("summary", {}, text["desk.more"]), ...shocks.slice(1).flat())),
      group("slope", slider("slope-growth", text["desk.growth_a_year"], percents(-20, 20)), choice("slope-start", text["desk.start"], coming)),
      group("year", ...desk.data.years.flatMap((year) => [
        choice(`year-mode-${year}`, `${year}`, [["", text["desk.none"]], ["growth_at_least_pct", text["desk.at_least"]], ["growth_pct", text["desk.on_average"]], ["exactly", text["desk.exactly"]]]),
        slider(`year-value-${year}`, text["desk.growth_of"].replace("{year}", year), percents(-20, 30)),
      ])),
      group("print", ...prints[0], element("details", {}, element("summary", {}, text["desk.more_prints"]), ...prints[1])),
      group("judgement",
        choice("judge-by", text["desk.judge_by"], [["", text["desk.none"]], ...coming]),
        slider("judge-chance", text["desk.chance"], { min: 1, max: 99, step: 1, unit: "%" })),
      group("normal",
        choice("normal-kind", text["desk.kind"], Object.keys(normals).map((kind) => [kind, text[`kind.${kind}`] || kind])),
        slider("normal-scale", text["desk.scale"], { min: 50, max: 150, step: 0.5, unit: "%" })),
      group("rule",
        slider("rule-window", text["desk.window"], { min: 1, max: 12, step: 1, unit: text["desk.months"] }),
        slider("rule-hold", text["desk.hold"], { min: 1, max: 6, step: 1, unit: text["desk.months"] }),
        slider("rule-horizon", text["desk.horizon"], { min: 12, max: horizon, step: 1, unit: text["desk.months"] })),
    ];
  }

  const control = (name) => document.getElementById(name);
  const value = (name) => control(name).value;
  const amount = (name) => Number(control(name).value);
  const put = (name, to) => (control(name).show ? control(name).show(to) : (control(name).value = to));

  const growth = (mode, pct) => (mode === "exactly" ? { growth_pct: pct, exactly: true } : { [mode]: pct });

  // The controls → a scenario; what stands at its neutral place is no part of it.
  function read() {
    const { kind, window, hold, horizon } = desk.data, spec = {};
    const shock = Array.from({ length: SHOCKS }, (_, i) => {
      const half = amount(`shock-half-${i}`);
      return { start: value(`shock-start-${i}`), size_pct: amount(`shock-size-${i}`), ...(half ? { half_life: half } : {}) };
    }).filter((of) => of.size_pct);
    if (shock.length) spec.shock = shock;
    if (amount("slope-growth")) spec.slope = [{ start: value("slope-start"), growth_pct: amount("slope-growth") }];
    const condition = desk.data.years.filter((year) => value(`year-mode-${year}`))
      .map((year) => ({ year, ...growth(value(`year-mode-${year}`), amount(`year-value-${year}`)) }));
    if (condition.length) spec.condition = condition;
    const prints = Array.from({ length: PRINTS }, (_, i) => i).filter((i) => value(`print-rate-${i}`))
      .map((i) => [value(`print-month-${i}`), { [value(`print-rate-${i}`)]: amount(`print-value-${i}`) }]);
    if (prints.length) spec.next_print = Object.fromEntries(prints);
    if (value("judge-by")) spec.judgement = [{ by: value("judge-by"), chance_pct: amount("judge-chance") }];
    if (value("normal-kind") !== kind || amount("normal-scale") !== 100) {
      spec.normal = { kind: value("normal-kind"), scale_pct: amount("normal-scale") };
    }
    if (amount("rule-window") !== window || amount("rule-hold") !== hold) {
      spec.recovery = { window: amount("rule-window"), hold: amount("rule-hold") };
    }
    if (amount("rule-horizon") !== horizon) spec.horizon = amount("rule-horizon");
    return spec;
  }

  function show(spec) {
    const { kind, window, hold, horizon, origin, targets } = desk.data;
    const shocks = spec.shock || [], prints = Object.entries(spec.next_print || {});
    for (let i = 0; i < SHOCKS; i++) {
      const { start = later(origin, 3), size_pct: size = 0, half_life: half = shocks[i] ? 0 : 6 } = shocks[i] || {};
      put(`shock-start-${i}`, start); put(`shock-size-${i}`, size); put(`shock-half-${i}`, half);
    }
    const [slope = { start: later(origin, 1), growth_pct: 0 }] = spec.slope || [];
    put("slope-start", slope.start); put("slope-growth", slope.growth_pct);
    for (const year of desk.data.years) {
      const said = (spec.condition || []).find((of) => of.year === year) || {};
      const key = ["growth_at_least_pct", "growth_pct"].find((one) => said[one] !== undefined);
      put(`year-mode-${year}`, said.exactly ? "exactly" : key || ""); put(`year-value-${year}`, key ? said[key] : targets[year] ?? 6);
    }
    for (let i = 0; i < PRINTS; i++) {
      const [month, rate] = prints[i] || [later(origin, 1 + i), {}], [key = "", pct = 0] = Object.entries(rate)[0] || [];
      put(`print-rate-${i}`, key); put(`print-month-${i}`, month); put(`print-value-${i}`, pct);
    }
    const [judged = { by: "", chance_pct: 50 }] = spec.judgement || [];
    put("judge-by", judged.by); put("judge-chance", judged.chance_pct);
    put("normal-kind", spec.normal?.kind || kind); put("normal-scale", spec.normal?.scale_pct ?? 100);
    put("rule-window", spec.recovery?.window ?? window); put("rule-hold", spec.recovery?.hold ?? hold);
    put("rule-horizon", spec.horizon ?? horizon);
  }

  function draw(place, onChange) {
    changed = onChange;
    place.replaceChildren(...drawn());
  }

  return { draw, read, show, element };
})();
