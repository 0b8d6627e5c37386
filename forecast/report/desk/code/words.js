// Numbers, months and chances as the language prints them, and the report's own grammar of the finding.
desk.words = (() => {
  const SURE = 0.95, PROBABLE = 0.66, IMPROBABLE = 0.34, BELOW = 99.5, SOON_MONTHS = 3;
  const { text, decimal, group, monthPattern, months, shortMonths } = desk.language;

  const filled = (sentence, values) => sentence.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  function say(key, values = {}) {
    const sentence = filled(text[key], values);
    return sentence.charAt(0).toUpperCase() + sentence.slice(1);
  }
  function number(value, digits = 1, sign = false) {
    const [whole, part] = Math.abs(value).toFixed(digits).split(".");
    const grouped = whole.replace(/\B(?=(\d{3})+$)/g, group);
    const zero = Number(Math.abs(value).toFixed(digits)) === 0;
    return (zero ? "" : value < 0 ? "−" : sign ? "+" : "") + grouped + (part ? decimal + part : "");
  }
  const percent = (value, digits = 0, sign = false) => `${number(value, digits, sign)}%`;
  function odds(p) {
    const whole = Math.round(100 * p);
    return whole === 0 ? text["odds.under"] : whole === 100 ? text["odds.over"] : `${whole}%`;
  }
  const named = (month, names) => filled(monthPattern, { name: names[Number(month.slice(5)) - 1], year: month.slice(0, 4) });
  const month = (of) => named(of, months);
  const short = (of) => named(of, shortMonths);

  // A month so many after another.
  function later(of, count) {
    const total = Number(of.slice(0, 4)) * 12 + Number(of.slice(5)) - 1 + count;
    return `${Math.floor(total / 12)}-${String((total % 12) + 1).padStart(2, "0")}`;
  }

  // A quantile of the month of return as a table prints it.
  function moment(h, found) {
    if (h === null) return filled(text["when.after"], { month: short(later(desk.data.origin, found.horizon)) });
    return h <= 0 ? text["when.already"] : short(later(desk.data.origin, h));
  }
  const span = (found) => {
    const early = moment(found.early, found), late = moment(found.late, found);
    return early === late ? early : `${early} – ${late}`;
  };

  function finding(found) {
    if (!desk.data.slumps) return calm(found);
    const { already, within12, notWithin, median, by, horizon, past } = found;
    const last = month(later(desk.data.origin, horizon)), pnot = odds(notWithin), p12 = odds(within12);
    if (already >= SURE) return say("finding.already_sure", { p: odds(already) });
    if (already >= 0.5) return say("finding.already", { p: odds(already), p12 });
    for (let h = 1; h <= SOON_MONTHS; h++) {
      if (by[h] >= SURE) return say("finding.soon", { p: odds(by[h]), month: month(later(desk.data.origin, h)) });
    }
    if (notWithin >= SURE) return say("finding.hardly", { pnot, last });
    const level = past[past.length - 1];
    const stands = level >= BELOW
      ? filled(text["finding.at"], { level: percent(level) }) : filled(text["finding.below"], { gap: percent(100 - level) });
    if (notWithin >= PROBABLE) return say("finding.beyond", { stands, p12, last });
    if (within12 <= IMPROBABLE) {
      const late = by.findIndex((p) => p > IMPROBABLE);
      return say("finding.late", { stands, p12, month: month(later(desk.data.origin, late)) });
    }
    if (median === null) return say("finding.open", { stands, p12 });
    return say("finding.usual", { stands, p12, median: month(later(desk.data.origin, median)) });
  }

  const withinYear = ({ begun }) => begun[Math.min(12, begun.length) - 1];

  // What there is to say where nothing slumps.
  function calm(found) {
    const values = { origin: month(desk.data.origin), level: percent(found.past[found.past.length - 1]) };
    return found.begun ? say("finding.no_slump", { ...values, p: odds(withinYear(found)) }) : say("finding.short_history", values);
  }

  // A number to its last digit, and why something is not taken, with what its sentence quotes.
  const exact = (value) => number(value, (value.toFixed(10).split(".")[1] || "").replace(/0+$/, "").length);
  function because([why, ...values]) {
    const spoken = (value) => (typeof value === "number" ? exact(value) : /^\d{4}-\d{2}$/.test(value) ? month(value) : value);
    const [a, b, c] = values.map(spoken);
    return filled(text[`desk.why_${why}`], { a, b, c });
  }

  const PARTS = {
    shock: "shock", slope: "slope", condition: "year", next_print: "print", judgement: "judgement", normal: "normal",
    recovery: "rule", horizon: "horizon",
  };
  // What a key of a scenario is called here; an unknown one stands as it is where it may be one.
  function partName(key) {
    if (Object.hasOwn(PARTS, key)) return text[`desk.${PARTS[key]}`];
    return /^[a-z_]{1,30}$/.test(key) ? key : text["desk.link"];
  }

  // A definition of normal as the report calls it, which where nothing slumps speaks of no slump.
  const kindName = (kind) => (!desk.data.slumps && text[`kind.${kind}_now`]) || text[`kind.${kind}`] || kind;

  function refusal({ code, values }) {
    if (code === "wrong") return say("desk.wrong", { part: partName(values[0]), why: because(values.slice(1)) });
    const [a, b, c] = values.map((value) => number(value, Number.isInteger(value) ? 0 : 1));
    return say(`refused.${code}`, { a, b, c });
  }

  // How much sooner the second of two answers is back, in words; in chances where a median lies beyond the horizon.
  function compared(first, second, names) {
    if (!desk.data.slumps) {
      if (!first.begun) return "";
      return say("desk.compared_onset", { ...names, points: number(100 * (withinYear(second) - withinYear(first)), 0, true) });
    }
    if (first.median === null || second.median === null) {
      const points = number(100 * (second.within12 - first.within12), 0, true);
      return say("desk.compared_chance", { ...names, points });
    }
    const months = Math.max(first.median, 0) - Math.max(second.median, 0);  // before the origin both are "already"
    if (months === 0) return say("desk.compared_same", names);
    return say(months > 0 ? "desk.compared_earlier" : "desk.compared_later", { ...names, months: String(Math.abs(months)) });
  }

  return {
    text, say, number, exact, because, percent, odds, month, short, later, moment, span, finding, refusal, partName, kindName,
    compared, withinYear,
  };
})();
