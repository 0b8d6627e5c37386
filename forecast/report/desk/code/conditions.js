// Conditions weigh paths: a growth that is reached keeps some of them, one that holds on average tilts them all.
desk.conditions = (() => {
  const { dot, scaled } = desk.rows;
  const MET = 1e-8, SPREAD = 0.3, ROUNDS = 200, CLOSE = 1e-13, ENDED = 1e-7, MOST = 1000;

  // What a condition speaks of on each path: the growth of a year, a printed rate or a level of a month.
  function spoken(paths, { year, month, exactly, ...said }) {
    const [[key, wanted]] = Object.entries(said);
    if (year !== undefined) return { values: desk.rates.annual(paths, year), wanted };
    const at = desk.rows.position(paths, month);
    if (key !== "level_at_least") return { values: desk.rates.printed(paths, key, at), wanted };
    return { values: Float64Array.from({ length: paths.n }, (_, row) => paths.values[row * paths.width + at]), wanted };
  }

  // What is not said exactly: what it is of on each path, the value wanted, and whether it is to be reached.
  function said(paths, spec) {
    return (spec.condition || []).filter((of) => !of.exactly).map((of) => ({
      ...spoken(paths, of), selects: of.growth_at_least_pct !== undefined || of.level_at_least !== undefined,
    }));
  }

  // What holds on every path, conditions and prints: the rate on each path, and its value.
  function exactly(paths, spec) {
    const prints = Object.entries(spec.next_print || {}).map(([month, rate]) => ({ month, ...rate }));
    return [...(spec.condition || []).filter((of) => of.exactly), ...prints].map((of) => spoken(paths, of));
  }

  const mean = (of, weights) => dot(of.values, weights);
  // P(at least as far from the mean as what is wanted), and how far that is in standard deviations.
  function tail(of, weights) {
    const middle = mean(of, weights), far = Math.abs(of.wanted - middle);
    return of.values.reduce((total, value, i) => total + (Math.abs(value - middle) >= far ? weights[i] : 0), 0);
  }
  function away(of, weights) {
    const middle = mean(of, weights);
    const variance = of.values.reduce((total, value, i) => total + weights[i] * (value - middle) ** 2, 0);
    const apart = of.wanted - middle, sd = Math.sqrt(variance);
    return Math.abs(apart) < MOST * sd ? apart / sd : Math.sign(apart) * MOST;
  }

  function selected(paths, selections, enough) {
    if (!selections.length) return { weights: paths.weights, share: 1 };
    const kept = paths.weights.map((w, i) => (selections.every((of) => of.values[i] >= of.wanted - MET) ? w : 0));
    const share = desk.rows.sum(kept);
    if (share === 0) {
      const hits = (of) => of.values.filter((value) => value >= of.wanted).length;
      const hardest = selections.reduce((worst, of) => (hits(of) < hits(worst) ? of : worst));
      throw new desk.Refused("unreached", Math.max(...hardest.values), away(hardest, paths.weights));
    }
    const weights = scaled(kept);
    desk.enough(weights, desk.rows.effective(paths.weights), enough);
    return { weights, share };
  }

  // Weights w·exp(λ'g)/Z with E[g] = 0, by Newton's method on the convex dual log E exp(λ'g): entropic tilting.
  // Outcomes that a selection has left without weight stay so, and have no say.
  function tilted(every, all) {
    const held = Array.from(all.keys()).filter((i) => all[i] > 0), weights = held.map((i) => all[i]);
    const means = every.map((of) => ({ ...of, values: held.map((i) => of.values[i]) }));
    means.forEach((of) => {
      const low = Math.min(...of.values), high = Math.max(...of.values);
      if (low >= of.wanted || high <= of.wanted) {
        throw new desk.Refused("outside", low, high, Math.abs(away(of, weights)));
      }
    });
    const off = means.map((of) => of.values.map((value) => value - of.wanted));
    const moments = [...off, ...off.map((values) => values.map((value) => value * value - SPREAD ** 2))];
    const g = moments.map((values) => {
      const scale = Math.sqrt(dot(values, values) / values.length);
      return values.map((value) => value / scale);
    });
    const found = minimum(g, weights);
    if (!(Math.max(...found.slope.map(Math.abs)) <= ENDED)) { // no number at all where the moments cannot be met
      throw new desk.Refused("far", Math.max(...means.map((of) => Math.abs(away(of, weights)))));
    }
    const tilt = new Array(all.length).fill(0);
    held.forEach((i, at) => { tilt[i] = found.p[at]; });
    return tilt;
  }

  // The dual at λ: its value, the tilted weights and the mean of g under them.
  function dual(g, weights, lambda) {
    const u = weights.map((_, i) => g.reduce((total, column, j) => total + lambda[j] * column[i], 0));
    const top = u.reduce((most, value) => Math.max(most, value), -Infinity);
    const raw = weights.map((w, i) => w * Math.exp(u[i] - top)), total = desk.rows.sum(raw);
    const p = raw.map((value) => value / total);
    return { value: Math.log(total) + top, p, slope: g.map((column) => dot(column, p)) };
  }

  function minimum(g, weights) {
    let lambda = g.map(() => 0), here = dual(g, weights, lambda);
    for (let round = 0; round < ROUNDS && Math.max(...here.slope.map(Math.abs)) > CLOSE; round++) {
      const curve = g.map((a, i) => g.map((b, j) =>
        a.reduce((total, value, row) => total + here.p[row] * value * b[row], 0) - here.slope[i] * here.slope[j]));
      const step = desk.linear.solve(curve, here.slope);
      const at = (size) => lambda.map((value, i) => value - size * step[i]);
      let size = 1, there = dual(g, weights, at(size));
      while (there.value > here.value + 1e-14 && size > 1e-9) {
        size /= 2;
        there = dual(g, weights, at(size));
      }
      lambda = at(size);
      here = there;
    }
    return here;
  }

  // The paths and weights that make every condition hold, exact ones first, and how plausible those were.
  function weighed(before, spec, enough) {
    if (!(spec.condition || []).length && !Object.keys(spec.next_print || {}).length) return { paths: before, plausibility: null };
    const fixed = exactly(before, spec), likely = Math.min(1, ...fixed.map((of) => tail(of, before.weights)));
    fixed.forEach((of) => desk.exact.near(away(of, before.weights)));
    const paths = desk.exact.moved(before, (of) => exactly(of, spec)), every = said(paths, spec);
    let { weights, share } = selected(paths, every.filter((of) => of.selects), enough);
    const means = every.filter((of) => !of.selects);
    if (means.length) {
      share *= Math.min(...means.map((of) => tail(of, weights)));
      weights = scaled(tilted(means, weights));
    }
    desk.enough(weights, desk.rows.effective(before.weights), enough);
    return { paths: { ...paths, weights }, plausibility: likely * share };
  }

  return { weighed };
})();
