// Conditions weigh paths: a growth that is reached keeps some of them, one that holds on average tilts them all.
desk.conditions = (() => {
  const { dot, scaled } = desk.rows;
  const MET = 1e-8, SPREAD = 0.3, ROUNDS = 200, CLOSE = 1e-13;

  // What the levers say of the future: the number on each path, the value wanted, and whether it is to be reached.
  function said(paths, spec) {
    const years = (spec.condition || []).map((of) => ({
      values: desk.rates.annual(paths, of.year),
      wanted: of.growth_at_least_pct ?? of.growth_pct,
      selects: of.growth_at_least_pct !== undefined,
    }));
    const prints = Object.entries(spec.next_print || {}).map(([month, rate]) => {
      const [measure, wanted] = Object.entries(rate)[0];
      return { values: desk.rates.printed(paths, measure, desk.rows.position(paths, month)), wanted, selects: false };
    });
    return [...years, ...prints];
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
    return (of.wanted - middle) / Math.sqrt(variance);
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
  function tilted(means, weights) {
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
    if (Math.max(...found.slope.map(Math.abs)) > 1e-7) {
      throw new desk.Refused("far", Math.max(...means.map((of) => Math.abs(away(of, weights)))));
    }
    return found.p;
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
      const step = desk.solve(curve, here.slope);
      let size = 1, next;
      do {
        next = lambda.map((value, i) => value - size * step[i]);
        size /= 2;
      } while (dual(g, weights, next).value > here.value + 1e-14 && size > 1e-9);
      lambda = next;
      here = dual(g, weights, lambda);
    }
    return here;
  }

  // The paths with the weights that make every condition hold, and how plausible those were.
  function weighed(paths, spec, enough) {
    const every = said(paths, spec);
    if (!every.length) return { paths, plausibility: null };
    let { weights, share } = selected(paths, every.filter((of) => of.selects), enough);
    const means = every.filter((of) => !of.selects);
    if (means.length) {
      share *= Math.min(...means.map((of) => tail(of, weights)));
      weights = scaled(tilted(means, weights));
    }
    desk.enough(weights, desk.rows.effective(paths.weights), enough);
    return { paths: { ...paths, weights }, plausibility: share };
  }

  return { weighed };
})();

// x of A·x = b for a small matrix, by elimination with the largest pivot.
desk.solve = (matrix, right) => {
  const a = matrix.map((row, i) => [...row, right[i]]), n = a.length;
  for (let k = 0; k < n; k++) {
    const pivot = a.slice(k).reduce((best, row, i) => (Math.abs(row[k]) > Math.abs(a[best][k]) ? k + i : best), k);
    [a[k], a[pivot]] = [a[pivot], a[k]];
    for (let i = k + 1; i < n; i++) {
      const factor = a[i][k] / a[k][k];
      for (let j = k; j <= n; j++) a[i][j] -= factor * a[k][j];
    }
  }
  const x = new Array(n).fill(0);
  for (let i = n - 1; i >= 0; i--) {
    x[i] = (a[i][n] - x.reduce((total, value, j) => total + (j > i ? a[i][j] * value : 0), 0)) / a[i][i];
  }
  return x;
};
