// Shocks and slopes: what moves every path alike.
desk.moves = (() => {
  // Log points added to each month: log(1 + size)·2^(−months/half-life) and log(1 + growth)·(months + 1)/12.
  function added(paths, spec) {
    const total = new Float64Array(paths.width);
    for (const { start, size_pct: size, half_life: halfLife } of spec.shock || []) {
      const from = desk.rows.position(paths, start);
      for (let t = from; t < paths.width; t++) {
        total[t] += Math.log1p(size / 100) * (halfLife ? 0.5 ** ((t - from) / halfLife) : 1);
      }
    }
    for (const { start, growth_pct: growth } of spec.slope || []) {
      const from = desk.rows.position(paths, start);
      for (let t = from; t < paths.width; t++) total[t] += Math.log1p(growth / 100) * (t - from + 1) / 12;
    }
    return total;
  }

  function apply(paths, spec) {
    const factor = added(paths, spec).map(Math.exp);
    return { ...paths, values: paths.values.map((value, i) => value * factor[i % paths.width]) };
  }

  return { apply };
})();
