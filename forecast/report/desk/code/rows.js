// Rows of numbers: the paths that come with the page, and the little arithmetic that every answer shares.
window.desk = window.desk || {};
desk.rows = (() => {
  const bytesOf = (text) => Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
  const wholes = (text) => new Uint16Array(bytesOf(text).buffer);

  // Index points from whole steps of their logarithm.
  const levels = ({ low, step, bytes }) => Float64Array.from(wholes(bytes), (q) => Math.exp(low + step * q));

  // Everything that answers stand on. values: row after row, past months then future ones.
  function grounds(data) {
    const draw = wholes(data.draw), n = draw.length, width = data.months.length;
    const normals = Object.fromEntries(Object.entries(data.normals).map(([kind, packed]) => [kind, levels(packed)]));
    const paths = { n, width, past: data.past, months: data.months, draw, draws: data.draws && wholes(data.draws), model: wholes(data.model), values: levels(data.levels) };
    return { ...data, normals, calm: data.calm && calm(data), paths: { ...paths, weights: new Float64Array(n).fill(1 / n) } };
  }

  // What the next slump is dated from, a row per history draw: logs of the past and of the effects to come.
  function calm({ calm: packed, horizon: ahead }) {
    const [past, effects] = [packed.past, packed.effects].map((of) => levels(of).map(Math.log));
    return { ...packed, past, effects, ahead, width: (past.length * ahead) / effects.length };
  }

  const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);
  const dot = (a, b) => a.reduce((total, number, i) => total + number * b[i], 0);
  const scaled = (weights) => { const total = sum(weights); return weights.map((w) => w / total); };
  const effective = (weights) => 1 / dot(weights, weights);

  // Months of the paths by position, and the position of a month; −1 where it lies outside.
  const position = (paths, month) => paths.months.indexOf(month);

  // Weighted quantiles: the smallest value whose cumulative weight reaches p.
  function quantiles(values, weights, wanted) {
    const order = Uint32Array.from(values, (_, i) => i).sort((a, b) => values[a] - values[b] || a - b);
    const found = new Array(wanted.length).fill(null);
    let reached = 0, total = 0;
    for (const i of order) {
      total += weights[i];
      while (reached < wanted.length && total >= wanted[reached] - 1e-12) found[reached++] = values[i];
      if (reached === wanted.length) break;
    }
    return found.map((value) => (value === null ? values[order[order.length - 1]] : value));
  }

  return { grounds, sum, dot, scaled, effective, position, quantiles };
})();
