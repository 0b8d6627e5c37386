// The levers: what each may be set to, drawn as controls of the page, read back as the keys of a scenario.
desk.levers = (() => {
  const { text, short, later, kindName } = desk.words;
  const { group, value, amount, put, offers } = desk.controls;
  const { NUMBERS } = desk.statements;
  const SHOCKS = 3, PRINTS = 2;
  const NOTHING = { shock: [], slope: [], condition: [], prints: [], judgement: [] };
  let changed = () => {}, kept = NOTHING; // what the scenario says beside the levers

  const choice = (...of) => desk.controls.choice(() => changed(), ...of);
  const slider = (...of) => desk.controls.slider(() => changed(), ...of);
  const ahead = (from, to) => Array.from({ length: to - from + 1 }, (_, i) => {
    const month = later(desk.data.origin, from + i);
    return [month, short(month)];
  });
  const percents = (min, max, takes, step = 0.5) => ({ min, max, step, unit: "%", takes });
  const months = (min, max, takes) => ({ min, max, step: 1, unit: text["desk.months"], takes });
  const numbered = (label, i) => (i ? `${label} (${i + 1})` : label);
  const more = (label, ...children) => desk.controls.element("details", {}, desk.controls.element("summary", {}, text[label]), ...children);

  function drawn() {
    const { horizon, normals } = desk.data;
    const coming = ahead(1, horizon);
    const shocks = Array.from({ length: SHOCKS }, (_, i) => [
      slider(`shock-size-${i}`, numbered(text["desk.size"], i), percents(-40, 40, NUMBERS.size_pct)),
      choice(`shock-start-${i}`, numbered(text["desk.start"], i), coming),
      slider(`shock-half-${i}`, numbered(text["desk.half_life"], i), { ...months(0, 36, NUMBERS.half_life), none: 0 }),
    ]);
    const prints = Array.from({ length: PRINTS }, (_, i) => [
      choice(`print-rate-${i}`, numbered(text["desk.rate"], i), [["", text["desk.none"]], ...["yoy_pct", "mom_pct", "ytd_yoy_pct"].map((rate) => [rate, text[`rate.${rate}`]])]),
      choice(`print-month-${i}`, numbered(text["desk.month"], i), ahead(1, 12)),
      slider(`print-value-${i}`, numbered(text["desk.value"], i), percents(-40, 40, NUMBERS.print)),
    ]);
    return [
      group("shock", ...shocks[0], more("desk.more", ...shocks.slice(1).flat())),
      group("slope", slider("slope-growth", text["desk.growth_a_year"], percents(-20, 20, NUMBERS.growth_pct)), choice("slope-start", text["desk.start"], coming)),
      group("year", ...desk.data.years.flatMap((year) => [
        choice(`year-mode-${year}`, `${year}`, [["", text["desk.none"]], ["growth_at_least_pct", text["desk.at_least"]], ["growth_pct", text["desk.on_average"]], ["exactly", text["desk.exactly"]]]),
        slider(`year-value-${year}`, text["desk.growth_of"].replace("{year}", year), percents(-20, 30, NUMBERS.growth_pct)),
      ])),
      group("print", ...prints[0], more("desk.more_prints", ...prints[1])),
      group("judgement",
        choice("judge-by", text["desk.judge_by"], [["", text["desk.none"]], ...coming]),
        slider("judge-chance", text["desk.chance"], percents(1, 99, NUMBERS.chance_pct, 1))),
      group("normal",
        choice("normal-kind", text["desk.kind"], Object.keys(normals).map((kind) => [kind, kindName(kind)])),
        slider("normal-scale", text["desk.scale"], percents(50, 150, NUMBERS.scale_pct))),
      group("rule",
        slider("rule-window", text["desk.window"], months(1, 12, NUMBERS.window)),
        slider("rule-hold", text["desk.hold"], months(1, 6, NUMBERS.hold)),
        slider("rule-horizon", text["desk.horizon"], months(NUMBERS.horizon.low, horizon, NUMBERS.horizon))),
    ];
  }

  const growth = (mode, pct) => (mode === "exactly" ? { growth_pct: pct, exactly: true } : { [mode]: pct });

  // What the controls hold in their places; what stands at its neutral place is no part of it.
  function held() {
    const each = (count) => Array.from({ length: count }, (_, i) => i);
    const shock = each(SHOCKS).map((i) => {
      const half = amount(`shock-half-${i}`);
      return { start: value(`shock-start-${i}`), size_pct: amount(`shock-size-${i}`), ...(half ? { half_life: half } : {}) };
    }).filter((of) => of.size_pct);
    const slope = [{ start: value("slope-start"), growth_pct: amount("slope-growth") }].filter((of) => of.growth_pct);
    const condition = desk.data.years.filter((year) => value(`year-mode-${year}`))
      .map((year) => ({ year, ...growth(value(`year-mode-${year}`), amount(`year-value-${year}`)) }));
    const prints = each(PRINTS).filter((i) => value(`print-rate-${i}`))
      .map((i) => ({ month: value(`print-month-${i}`), rate: value(`print-rate-${i}`), pct: amount(`print-value-${i}`) }));
    const judgement = value("judge-by") ? [{ by: value("judge-by"), chance_pct: amount("judge-chance") }] : [];
    return { shock, slope, condition, prints, judgement };
  }

  // Statements → the keys of a config. A month takes one rate there; another of it is a condition that holds exactly.
  function written({ prints, ...lists }) {
    const next = {}, beside = [];
    prints.forEach(({ month, rate, pct }) => {
      if (next[month]) beside.push({ month, [rate]: pct, exactly: true });
      else next[month] = { [rate]: pct };
    });
    const spec = { ...lists, condition: [...lists.condition, ...beside] };
    const said = Object.entries(spec).filter(([, of]) => of.length);
    return Object.fromEntries(prints.length ? [...said, ["next_print", next]] : said);
  }

  // The controls, and what is kept beside them → a scenario.
  function read() {
    const { kind, window, hold, horizon } = desk.data, own = held();
    const spec = written(Object.fromEntries(Object.entries(own).map(([key, of]) => [key, [...of, ...kept[key]]])));
    if (value("normal-kind") !== kind || amount("normal-scale") !== 100) {
      spec.normal = { kind: value("normal-kind"), scale_pct: amount("normal-scale") };
    }
    if (amount("rule-window") !== window || amount("rule-hold") !== hold) {
      spec.recovery = { window: amount("rule-window"), hold: amount("rule-hold") };
    }
    if (amount("rule-horizon") !== horizon) spec.horizon = amount("rule-horizon");
    return spec;
  }

  // The keys of a config → statements, those that the controls have a place for apart from the rest.
  function placed(spec) {
    const lists = { shock: [], slope: [], judgement: [], condition: [], ...spec }, shown = {}, rest = {};
    const share = (key, all, fits, room) => {
      shown[key] = all.filter(fits).slice(0, room);
      rest[key] = all.filter((of) => !shown[key].includes(of));
    };
    const isPrint = (of) => of.exactly && of.month !== undefined;
    const asPrint = (month, said) => { const [[rate, pct]] = Object.entries(said); return { month, rate, pct }; };
    const prints = [
      ...Object.entries(spec.next_print || {}).map(([month, of]) => asPrint(month, of)),
      ...lists.condition.filter(isPrint).map(({ month, exactly, ...of }) => asPrint(month, of)),
    ];
    const years = lists.condition.filter((of) => !isPrint(of));
    share("shock", lists.shock, (of) => offers("shock-start-0", of.start), SHOCKS);
    share("slope", lists.slope, (of) => offers("slope-start", of.start), 1);
    share("judgement", lists.judgement, (of) => offers("judge-by", of.by), 1);
    share("prints", prints, (of) => offers("print-month-0", of.month), PRINTS);
    share("condition", years, (of) => of.year && years.find((one) => one.year === of.year) === of, years.length);
    return { shown, rest };
  }

  function show(spec) {
    const { kind, window, hold, horizon, origin, targets } = desk.data, { shown, rest } = placed(spec);
    kept = rest;
    for (let i = 0; i < SHOCKS; i++) {
      const { start = later(origin, 3), size_pct: size = 0, half_life: half = shown.shock[i] ? 0 : 6 } = shown.shock[i] || {};
      put(`shock-start-${i}`, start); put(`shock-size-${i}`, size); put(`shock-half-${i}`, half);
    }
    const [slope = { start: later(origin, 1), growth_pct: 0 }] = shown.slope;
    put("slope-start", slope.start); put("slope-growth", slope.growth_pct);
    for (const year of desk.data.years) {
      const said = shown.condition.find((of) => of.year === year) || {};
      const key = ["growth_at_least_pct", "growth_pct"].find((one) => said[one] !== undefined);
      put(`year-mode-${year}`, said.exactly ? "exactly" : key || ""); put(`year-value-${year}`, key ? said[key] : targets[year] ?? 6);
    }
    for (let i = 0; i < PRINTS; i++) {
      const { month = later(origin, 1 + i), rate = "", pct = 0 } = shown.prints[i] || {};
      put(`print-rate-${i}`, rate); put(`print-month-${i}`, month); put(`print-value-${i}`, pct);
    }
    const [judged = { by: "", chance_pct: 50 }] = shown.judgement;
    put("judge-by", judged.by); put("judge-chance", judged.chance_pct);
    put("normal-kind", spec.normal?.kind || kind); put("normal-scale", spec.normal?.scale_pct ?? 100);
    put("rule-window", spec.recovery?.window ?? window); put("rule-hold", spec.recovery?.hold ?? hold);
    put("rule-horizon", spec.horizon ?? horizon);
  }

  function draw(place, onChange) {
    changed = onChange;
    place.replaceChildren(...drawn());
  }

  return { draw, read, show, beside: () => written(kept) };
})();
