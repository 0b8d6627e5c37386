// A planner's own chance of a return by a month: between two months named, all paths gain or lose the same factor.
desk.judgement = (() => {
  // months: of return after the origin, Infinity where it lies beyond the horizon. Returns weights and their distance
  // from those before, Kullback–Leibler divergence in nats.
  function judged(months, weights, said, paths) {
    const origin = paths.past - 1;
    const ordered = said.map((one) => ({ ...one, at: desk.rows.position(paths, one.by) - origin }))
      .sort((a, b) => a.at - b.at);
    const chances = [0, ...ordered.map((one) => one.chance_pct / 100), 1];
    const believed = chances.slice(1).map((chance, i) => chance - chances[i]);
    const spanOf = (month) => { const at = ordered.findIndex((one) => one.at >= month); return at < 0 ? ordered.length : at; };
    const span = Array.from(months, spanOf), share = new Array(believed.length).fill(0);
    weights.forEach((w, i) => { share[span[i]] += w; });
    const empty = believed.findIndex((belief, i) => belief > 0 && share[i] <= 0);
    if (empty >= 0) throw new desk.Refused("unheld", 100 * believed[empty]);
    const factor = believed.map((belief, i) => (share[i] > 0 ? belief / share[i] : 0));
    const distance = believed.reduce((total, belief, i) => total + (belief > 0 ? belief * Math.log(factor[i]) : 0), 0);
    return { weights: desk.rows.scaled(weights.map((w, i) => w * factor[span[i]])), distance };
  }

  return { judged };
})();
