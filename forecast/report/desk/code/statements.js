// What a scenario may say and what is wrong with it, by the rules of Python's `config.scenarios` and `scenario.statements`.
desk.statements = (() => {
  const MOST = 100, HUGE = 1e6, LEVELS = [80, 150];
  const MONTH = /^(1[7-9]|2[01])\d{2}-(0[1-9]|1[0-2])$/;
  const GROWTHS = ["growth_at_least_pct", "growth_pct"], RATES = ["yoy_pct", "mom_pct", "ytd_yoy_pct"];
  const USUAL = { window: 3, hold: 3 };
  const growth = { low: -100, above: true, high: HUGE, level: true, least: 0.1 };
  const rate = { low: -HUGE, high: HUGE, level: true };

  // Numbers by what they are of. above, below: an end that is not taken itself · level: looks like one with the year
  // before as 100 · least: nearer to none it is more likely a share of one.
  const NUMBERS = {
    size_pct: growth, growth_pct: growth, growth_at_least_pct: growth, rate, print: { ...rate, low: -100, above: true },
    half_life: { low: 0.01, high: 12000 }, level_at_least: { low: 1e-9, high: 1e12 }, chance_pct: { low: 1, high: 100, below: true },
    scale_pct: { low: 1, high: 1000 }, window: { low: 1, high: 12, whole: true }, hold: { low: 1, high: 6, whole: true },
    horizon: { low: Math.min(12, desk.data.horizon), high: desk.data.horizon, whole: true },
  };

  const plain = (of) => of !== null && typeof of === "object" && !Array.isArray(of);
  const rounded = (value) => Number(value.toPrecision(10));

  // Why a number is not taken, with what its sentence quotes; null where it is.
  function fault(given, { low, high, above, below, whole, level, least = 0 }) {
    if (typeof given !== "number" || !Number.isFinite(given)) return ["number"];
    const within = (above ? given > low : given >= low) && (below ? given < high : given <= high);
    if (whole && !(within && Number.isInteger(given))) return ["whole", given, low, high];
    if (!within) return [above ? "above" : below ? "below" : "within", given, low, high];
    if (level && given >= LEVELS[0] && given < LEVELS[1]) return ["level", given, rounded(given - 100)];
    return given !== 0 && Math.abs(given) < least ? ["nothing", given, rounded(100 * given)] : null;
  }

  // Readers of the values of one part of a scenario; `part` is the key that a refusal names.
  function readers(part, { paths, normals }) {
    const refuse = (...why) => { throw new desk.Refused("wrong", part, ...why); };
    const number = (limits) => (given) => {
      const why = fault(given, limits);
      return why ? refuse(...why) : given;
    };
    const month = (given) => {
      if (typeof given !== "string" || !MONTH.test(given)) refuse("no_month");
      const { past, months } = paths;
      if (desk.rows.position(paths, given) < past) refuse("month", given, months[past - 1], months[months.length - 1]);
      return given;
    };
    const year = (given) => {
      const years = desk.rates.years(paths);
      if (typeof given !== "number") refuse("number");
      return years.includes(given) ? given : refuse("year", String(given), years.join(", "));
    };
    const kind = (given) => (typeof given === "string" && Object.hasOwn(normals, given) ? given : refuse("kind"));
    const flag = (given) => (typeof given === "boolean" ? given : refuse("form"));
    const maybe = (reader) => (given) => (given === null ? undefined : reader(given));
    const list = (given, reader) => (Array.isArray(given) && given.length <= MOST ? given.map(reader) : refuse("form"));
    const listed = (given, reader) => (plain(given) ? [reader(given)] : list(given, reader));

    // The keys that a part has, each by its reader, in this order; those of `needed` may not be left out.
    const fields = (given, needed, optional = {}) => {
      const own = { ...needed, ...optional };
      if (!plain(given) || Object.keys(given).some((key) => !Object.hasOwn(own, key))) refuse("form");
      if (Object.keys(needed).some((key) => !Object.hasOwn(given, key))) refuse("form");
      const read = Object.keys(own).filter((key) => Object.hasOwn(given, key)).map((key) => [key, own[key](given[key])]);
      return Object.fromEntries(read.filter(([, value]) => value !== undefined));
    };
    return { refuse, number, month, year, kind, flag, maybe, list, listed, fields };
  }

  function condition(given, { refuse, number, month, year, flag, maybe, fields }) {
    const { exactly, ...said } = fields(given, {}, {
      year: maybe(year), ...Object.fromEntries(GROWTHS.map((key) => [key, maybe(number(NUMBERS[key]))])),
      month: maybe(month), ...Object.fromEntries(RATES.map((key) => [key, maybe(number(rate))])),
      level_at_least: maybe(number(NUMBERS.level_at_least)), exactly: flag,
    });
    const keys = Object.keys(said), has = (key) => keys.includes(key), growths = GROWTHS.filter(has);
    if (keys.length !== 2 || (has("year") ? growths.length !== 1 : !has("month") || growths.length)) refuse("form");
    if (!exactly) return said;
    if (has("growth_at_least_pct") || has("level_at_least")) refuse("form");
    number(has("year") ? growth : NUMBERS.print)(said[keys[1]]);
    return { ...said, exactly };
  }

  function print(given, { refuse, number, maybe, fields }) {
    const said = fields(given, {}, Object.fromEntries(RATES.map((key) => [key, maybe(number(NUMBERS.print))])));
    return Object.keys(said).length === 1 ? said : refuse("form");
  }

  // A growth that moves something: one of 0 would do nothing.
  const moving = (r) => (given) => (given === 0 ? r.refuse("form") : r.number(growth)(given));

  const PARTS = {
    shock: (given, r) => r.listed(given, (of) =>
      r.fields(of, { start: r.month, size_pct: moving(r) }, { half_life: r.maybe(r.number(NUMBERS.half_life)) })),
    slope: (given, r) => r.listed(given, (of) => r.fields(of, { start: r.month, growth_pct: moving(r) })),
    condition: (given, r) => r.list(given, (of) => condition(of, r)),
    next_print: (given, r) => (plain(given)
      ? Object.fromEntries(Object.entries(given).map(([month, of]) => [r.month(month), print(of, r)])) : r.refuse("form")),
    judgement: (given, r) => r.listed(given, (of) => r.fields(of, { by: r.month, chance_pct: r.number(NUMBERS.chance_pct) })),
    normal: (given, r) => (given === null ? {} : r.fields(given, {}, { kind: r.maybe(r.kind), scale_pct: r.number(NUMBERS.scale_pct) })),
    recovery: (given, r) => (given === null ? {}
      : { ...USUAL, ...r.fields(given, {}, { window: r.number(NUMBERS.window), hold: r.number(NUMBERS.hold) }) }),
    horizon: (given, r) => r.number(NUMBERS.horizon)(given),
  };

  // A scenario as the page holds it: lists where there may be several, nothing empty, nothing twice. Throws Refused.
  function formed(given, grounds) {
    if (!plain(given)) throw new desk.Refused("wrong", "", "form");
    const read = Object.entries(given).map(([key, value]) => {
      if (!Object.hasOwn(PARTS, key)) throw new desk.Refused("wrong", key, "unknown");
      return [key, PARTS[key](value, readers(key, grounds))];
    });
    const spec = Object.fromEntries(read);
    if (spec.condition) {
      const printed = Object.entries(spec.next_print || {}).map(([month, of]) => ({ month, ...of, exactly: true }));
      const known = new Set(printed.map((of) => JSON.stringify(of)));
      spec.condition = spec.condition.filter((of) => !known.has(JSON.stringify(of)) && known.add(JSON.stringify(of)));
    }
    return Object.fromEntries(Object.entries(spec).filter(([, of]) => typeof of === "number" || Object.keys(of).length));
  }

  // Each condition and print as what it is of, its value, and how it holds.
  function held(spec) {
    const prints = Object.entries(spec.next_print || {}).map(([month, of]) => ({ month, ...of, exactly: true }));
    return [...(spec.condition || []), ...prints].map(({ year, month, exactly = false, ...said }) => {
      const [[key, value]] = Object.entries(said);
      return { of: `${year ?? month} ${RATES.includes(key) ? key : ""}`, value, exactly, selects: key.includes("at_least") };
    });
  }

  function contradict(one, other) {
    if (one.of !== other.of || (one.selects && other.selects)) return false;
    if (one.selects) return other.value < one.value;
    return other.selects ? one.value < other.value : one.value !== other.value || one.exactly !== other.exactly;
  }

  // A scenario that can be answered, as `formed` gives it. Throws Refused.
  function checked(given, grounds) {
    const spec = formed(given, grounds), said = held(spec);
    if (said.some((one, i) => said.slice(i + 1).some((other) => contradict(one, other)))) {
      throw new desk.Refused("wrong", spec.condition ? "condition" : "next_print", "contradict");
    }
    // A return is looked for within the horizon alone: of a month beyond it the paths do not tell.
    const { past, months } = grounds.paths, end = past - 1 + (spec.horizon || grounds.horizon);
    const beyond = (spec.judgement || []).find((of) => months.indexOf(of.by) > end);
    if (beyond) throw new desk.Refused("wrong", "judgement", "horizon", beyond.by, months[past - 1], months[end]);
    const judged = [...(spec.judgement || [])].sort((one, other) => (one.by < other.by ? -1 : one.by > other.by ? 1 : 0));
    if (judged.slice(1).some((one, i) => one.by === judged[i].by || one.chance_pct < judged[i].chance_pct)) {
      throw new desk.Refused("wrong", "judgement", "contradict");
    }
    return spec;
  }

  return { NUMBERS, plain, fault, formed, checked };
})();
