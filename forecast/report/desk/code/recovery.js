// The rule of recovery: the first of `hold` months in a row whose mean gap over `window` months is not negative.
desk.recovery = (() => {
  const RELAPSE_MONTHS = 12;
  const TIE = 1e-9; // of a mean gap that is none but for rounding, as in Python

  // Mean of the last `width` entries at a position of a row's gap.
  const trailing = (gap, at, width) => {
    let total = 0;
    for (let i = at - width + 1; i <= at; i++) total += gap[i];
    return total / width;
  };

  // The month of return after the origin on one path; Infinity where there is none up to the horizon.
  // gap: log points, month by month · origin: its position. A run sought from 1 − hold on may be complete already.
  function month(gap, { origin, window, hold, horizon }) {
    let run = 0;
    for (let h = 1 - hold; h <= horizon + hold - 1; h++) {
      run = trailing(gap, origin + h, window) >= -TIE ? run + 1 : 0;
      if (run === hold) return h - hold + 1;
    }
    return Infinity;
  }

  // Whether a path back in a month falls below half the threshold within a year of the confirmation.
  function relapses(gap, back, { origin, hold, threshold }) {
    const low = Math.log1p(-threshold / 100) / 2;
    for (let step = 1; step <= RELAPSE_MONTHS; step++) {
      if (trailing(gap, origin + hold - 1 + back + step, 3) < low) return true;
    }
    return false;
  }

  // P(T ≤ h) for h from `first` to the horizon, (N·share + ½·h/H)/(N + 1): never 0, never 1.
  function chances(months, weights, first, horizon) {
    const n = desk.rows.effective(weights), share = new Array(horizon - first + 1).fill(0);
    months.forEach((back, i) => { if (back <= horizon) share[back - first] += weights[i]; });
    let total = 0;
    return share.map((part, i) => {
      total += part;
      return (n * total + 0.5 * Math.max(first + i, 0) / horizon) / (n + 1);
    });
  }

  // Log gaps of every row to a normal, of which `scale` percent count as normal.
  function gaps(paths, normal, scale) {
    const out = new Float64Array(paths.n * paths.width), shift = Math.log(scale / 100), logs = normal.map(Math.log);
    for (let row = 0, at = 0; row < paths.n; row++) {
      const from = paths.draw[row] * paths.width;
      for (let t = 0; t < paths.width; t++, at++) out[at] = Math.log(paths.values[at]) - logs[from + t] - shift;
    }
    return out;
  }

  // The distribution of the month of return: months of each path, chances, and the share that falls back.
  function distribution(paths, gap, rule) {
    const of = (row) => gap.subarray(row * paths.width, (row + 1) * paths.width);
    const months = Float64Array.from({ length: paths.n }, (_, row) => month(of(row), rule));
    let back = 0, fell = 0;
    paths.weights.forEach((w, row) => {
      if (!w || months[row] === Infinity) return;
      back += w;
      if (relapses(of(row), months[row], rule)) fell += w;
    });
    const first = 1 - rule.hold;
    return { months, first, by: chances(months, paths.weights, first, rule.horizon), relapse: back ? fell / back : null };
  }

  return { month, relapses, gaps, chances, distribution };
})();
