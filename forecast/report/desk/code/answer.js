// The answer to a scenario: numbers alone, no page. `desk.answer(spec)` takes the keys of a scenario in a config.
desk.answers = (() => {
  const FAN = [0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95], THREE = [0.1, 0.5, 0.9], PRINTS = 3;

  function answer(grounds, given) {
    try {
      return answered(grounds, desk.statements.checked(given, grounds));
    } catch (error) {
      if (!(error instanceof desk.Refused)) throw error;
      return { refused: { code: error.code, values: error.values } };
    }
  }

  function answered(grounds, spec) {
    const { kind, scale_pct: scale = 100 } = spec.normal || {};
    const rule = {
      origin: grounds.past - 1, window: grounds.window, hold: grounds.hold, threshold: grounds.threshold,
      horizon: spec.horizon || grounds.horizon, ...spec.recovery,
    };
    const weighed = desk.conditions.weighed(desk.moves.apply(grounds.paths, spec), spec, grounds.enough);
    let { paths } = weighed, distance = null;
    const gap = desk.recovery.gaps(paths, grounds.normals[kind || grounds.kind], scale);
    let back = desk.recovery.distribution(paths, gap, rule);
    if ((spec.judgement || []).length) {
      const judged = desk.judgement.judged(back.months, paths.weights, spec.judgement, paths);
      desk.enough(judged.weights, desk.rows.effective(grounds.paths.weights), grounds.enough);
      paths = { ...paths, weights: judged.weights };
      distance = judged.distance;
      back = desk.recovery.distribution(paths, gap, rule);
    }
    return {
      refused: null, plausibility: weighed.plausibility, distance,
      effective: desk.rows.effective(paths.weights), ...dates(back, rule),
      begun: grounds.calm && desk.onset.begun(paths, grounds.calm, rule.horizon),
      past: past(paths, gap), fan: fan(paths, gap, rule), growth: growth(paths, grounds.targets), prints: prints(paths),
    };
  }

  function dates(back, { horizon }) {
    const by = (h) => (h >= back.first ? back.by[h - back.first] : 0);
    const quantile = (q) => { const at = back.by.findIndex((p) => p >= q - 1e-12); return at < 0 ? null : back.first + at; };
    let below = 0;
    for (let h = 0; h < horizon; h++) below += 1 - by(h);
    return {
      horizon, by: Array.from({ length: horizon + 1 }, (_, h) => by(h)),
      already: by(0), within12: by(Math.min(12, horizon)), notWithin: 1 - by(horizon),
      median: quantile(0.5), early: quantile(0.1), late: quantile(0.9), below, relapse: back.relapse,
    };
  }

  // Percent of normal in a month, at each quantile.
  function levels(paths, gap, at, wanted) {
    const month = Float64Array.from({ length: paths.n }, (_, row) => gap[row * paths.width + at]);
    return desk.rows.quantiles(month, paths.weights, wanted).map((log) => 100 * Math.exp(log));
  }
  const past = (paths, gap) => Array.from({ length: paths.past }, (_, t) => levels(paths, gap, t, [0.5])[0]);

  // Percent of normal in each month to come, a list per quantile.
  function fan(paths, gap, { horizon }) {
    const months = Array.from({ length: horizon }, (_, h) => levels(paths, gap, paths.past + h, FAN));
    return FAN.map((_, i) => months.map((of) => of[i]));
  }

  // Annual growth and, where the question has a target, its chance and what the remaining months need.
  function growth(paths, targets) {
    return Object.fromEntries(desk.rates.years(paths).map((year) => {
      const values = desk.rates.annual(paths, year), target = targets[year];
      const found = { quantiles: desk.rows.quantiles(values, paths.weights, THREE) };
      if (target === undefined) return [year, found];
      const needed = desk.rates.needed(paths, year, target);
      const reached = values.reduce((total, value, i) => total + (value >= target ? paths.weights[i] : 0), 0);
      return [year, { ...found, target, reached, needed: needed && desk.rows.quantiles(needed, paths.weights, [0.5])[0] }];
    }));
  }

  const prints = (paths) => Object.fromEntries(["yoy_pct", "mom_pct", "ytd_yoy_pct"].map((measure) => [
    measure,
    Array.from({ length: PRINTS }, (_, h) =>
      desk.rows.quantiles(desk.rates.printed(paths, measure, paths.past + h), paths.weights, THREE)),
  ]));

  return { answer };
})();
