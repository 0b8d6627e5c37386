// Rates that hold on every path: paths moved along their own regression on them (Waggoner & Zha 1999).
desk.exact = (() => {
  const { dot, scaled } = desk.rows;
  const { solve, eigen } = desk.linear;
  const FARTHEST = 4, ROUNDS = 60, CLOSE = 1e-11, ALIKE = 1e-8, SAME = 1e-14;

  function near(deviations) {
    if (Math.abs(deviations) > FARTHEST) throw new desk.Refused("beyond", Math.abs(deviations), FARTHEST);
  }

  // x becomes x + Cov(x, q)·Var(q)⁻¹·(q* − q) until q* is met, x the log levels to come and q the log growth printed;
  // a path then weighs as much more as its model, given its past, made q* likely.
  function moved(paths, said) {
    const first = said(paths);
    if (!first.length) return paths;
    const wanted = first.map((of) => Math.log1p(of.wanted / 100));
    const logs = (of) => of.map(({ values }) => values.map((value) => Math.log1p(value / 100)));
    let q = logs(first);
    const toward = new Array(paths.n), surprise = new Float64Array(paths.n);
    for (const model of new Set(paths.model)) {
      const rows = Array.from(paths.model.keys()).filter((row) => paths.model[row] === model);
      const found = regressed(paths, rows, q, wanted);
      rows.forEach((row, i) => { toward[row] = found.toward; surprise[row] = found.density[i]; });
    }
    const values = paths.values.slice(), { width, past } = paths;
    for (let round = 0; ; round++) {
      const short = q.map((column, c) => column.map((value) => wanted[c] - value));
      if (short.every((column) => column.every((value) => Math.abs(value) <= CLOSE))) break;
      if (round === ROUNDS) throw new desk.Refused("unmoved");
      for (let row = 0; row < paths.n; row++) {
        for (let h = 0; h < width - past; h++) {
          const step = short.reduce((total, column, c) => total + toward[row][h][c] * column[row], 0);
          values[row * width + past + h] *= Math.exp(step);
        }
      }
      q = logs(said({ ...paths, values }));
    }
    const top = surprise.reduce((most, value, row) => (paths.weights[row] > 0 ? Math.max(most, value) : most), -Infinity);
    return { ...paths, values, weights: scaled(paths.weights.map((w, row) => w * Math.exp(surprise[row] - top))) };
  }

  // Cov(x, q)·Var(q)⁻¹ given the past, a list per month, and the log density of q* on each of the rows of one model.
  function regressed(paths, rows, q, wanted) {
    const weights = scaled(Float64Array.from(rows, (row) => paths.weights[row]));
    const log = (t) => Float64Array.from(rows, (row) => Math.log(paths.values[row * paths.width + t]));
    const own = q.map((column) => Float64Array.from(rows, (row) => column[row]));
    const expected = fitted(Array.from({ length: paths.past }, (_, t) => log(t)), own, weights);
    const left = own.map((column, c) => column.map((value, i) => value - expected[c][i]));
    const heavy = left.map((column) => column.map((value, i) => weights[i] * value));
    const variance = heavy.map((a) => left.map((b) => dot(a, b)));
    const spread = variance.map((row, i) => Math.sqrt(Math.max(row[i], Number.MIN_VALUE)));
    const alike = eigen(variance.map((row, i) => row.map((value, j) => value / (spread[i] * spread[j]))));
    if (Math.min(...alike.values) < ALIKE) throw new desk.Refused("alike");
    const volume = eigen(variance).values.reduce((total, value) => total + Math.log(value), 0);
    const density = rows.map((_, i) => {
      const short = wanted.map((value, c) => value - expected[c][i]);
      return -0.5 * dot(short, solve(variance, short)) - 0.5 * volume;
    });
    const toward = Array.from({ length: paths.width - paths.past }, (_, h) => {
      const x = log(paths.past + h);
      return solve(variance, heavy.map((column) => dot(column, x)));
    });
    return { toward, density };
  }

  // What the past says of each q: its regression on the directions in which histories differ; its mean where none do.
  function fitted(past, q, weights) {
    const known = past.map((column) => { const mean = dot(column, weights); return column.map((value) => value - mean); });
    const { values, axes } = eigen(known.map((a) => known.map((b) => a.reduce((total, value, i) => total + weights[i] * value * b[i], 0))));
    const least = Math.max(SAME, ALIKE * Math.max(...values));
    const scores = values.flatMap((value, k) => (value > least
      ? [weights.map((_, i) => known.reduce((total, column, t) => total + column[i] * axes[t][k], 0))] : []));
    const weighed = scores.map((score) => score.map((value, i) => weights[i] * value));
    return q.map((column) => {
      const mean = dot(column, weights);
      const slopes = scores.map((score, k) => dot(weighed[k], column) / dot(weighed[k], score));
      return column.map((_, i) => scores.reduce((total, score, k) => total + slopes[k] * score[i], mean));
    });
  }

  return { near, moved };
})();
