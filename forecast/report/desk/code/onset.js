// Where nothing slumps: the month in which a slump begins, by the rule that dates past ones.
desk.onset = (() => {
  const YEAR = 12, PEAK = 36, MEAN = 3;

  // The mean of so many entries up to a position of a row, from its running sums.
  const mean = (sums, at, width) => (sums[at + 1] - sums[at + 1 - width]) / width;

  // The month after the origin in which the 3-month mean first lies `depth` below the highest 12 months that ended in
  // the 36 before; Infinity where it never does. z: adjusted log levels, `past` of them up to the origin.
  function month(z, past, depth) {
    const sums = new Float64Array(z.length + 1);
    z.forEach((value, i) => { sums[i + 1] = sums[i] + value; });
    for (let at = past; at < z.length; at++) {
      let peak = -Infinity;
      for (let end = Math.max(at - PEAK, YEAR - 1); end < at; end++) peak = Math.max(peak, mean(sums, end, YEAR));
      if (mean(sums, at, MEAN) - peak <= depth) return at - past + 1;
    }
    return Infinity;
  }

  // P(begun by h) for h from 1 to the horizon: on the paths, or by a slump from outside that no path holds.
  function begun(paths, { past, effects, width, ahead, depth, outside }, horizon) {
    const z = new Float64Array(width + horizon);
    const months = Float64Array.from({ length: paths.n }, (_, row) => {
      const draw = paths.draws[row], from = row * paths.width + paths.past;
      for (let t = 0; t < width; t++) z[t] = past[draw * width + t];
      for (let h = 0; h < horizon; h++) z[width + h] = Math.log(paths.values[from + h]) - effects[draw * ahead + h];
      return month(z, width, depth);
    });
    return desk.recovery.chances(months, paths.weights, 1, horizon)
      .map((p, i) => 1 - (1 - p) * (1 - outside) ** ((i + 1) / YEAR));
  }

  return { month, begun };
})();
