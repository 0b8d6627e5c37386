// Rates as a statistics office computes them from index levels, one number a row, percent.
desk.rates = (() => {
  const lags = { mom_pct: 1, yoy_pct: 12, ytd_yoy_pct: 12 };

  // Sum of the levels of a row from column `from` to `to`, both included.
  const sum = (paths, row, from, to) => {
    let total = 0;
    for (let t = from; t <= to; t++) total += paths.values[row * paths.width + t];
    return total;
  };
  const over = (paths, from, to, lag) =>
    Float64Array.from({ length: paths.n }, (_, row) =>
      100 * (sum(paths, row, from, to) / sum(paths, row, from - lag, to - lag) - 1));

  // A printed rate of the month at a position.
  function printed(paths, measure, at) {
    const first = measure === "ytd_yoy_pct" ? at - (Number(paths.months[at].slice(5)) - 1) : at;
    return over(paths, first, at, lags[measure]);
  }

  // Growth of a year's mean over the year before.
  function annual(paths, year) {
    const january = desk.rows.position(paths, `${year}-01`);
    return over(paths, january, january + 11, 12);
  }

  // Growth on a year ago that the months of a year still to come need together for a growth of the whole, and how
  // many they are; none where the year is over.
  function needed(paths, year, growth) {
    const january = desk.rows.position(paths, `${year}-01`), known = Math.max(paths.past - january, 0);
    if (known >= 12) return null;
    return Float64Array.from({ length: paths.n }, (_, row) => {
      const before = sum(paths, row, january - 12, january - 1);
      const due = (1 + growth / 100) * before - sum(paths, row, january, january + known - 1);
      return 100 * (due / sum(paths, row, january - 12 + known, january - 1) - 1);
    });
  }

  // Years whose growth the paths hold: both they and the year before from January to December.
  const years = (paths) => [...new Set(paths.months.slice(paths.past).map((month) => Number(month.slice(0, 4))))]
    .filter((year) => paths.months.includes(`${year - 1}-01`) && paths.months.includes(`${year}-12`));

  return { printed, annual, needed, years };
})();
