// The page: levers on one side, answers on the other, drawn anew after every movement.
(() => {
  const { text, say, number, percent, odds, moment, span, finding, refusal, partName, compared, withinYear } = desk.words;
  const { element } = desk.controls;
  const grounds = desk.rows.grounds(desk.data);
  const at = (id) => document.getElementById(id);
  const NAMES = ["base", "a", "b"];
  let state = desk.state.EMPTY, answers = {}, unheard = {};

  desk.answer = (spec) => desk.answers.answer(grounds, spec);
  desk.data.years = desk.rates.years(grounds.paths);
  const base = desk.answer({});

  // A scenario as the page holds it; null where it says what cannot be.
  function legible(spec) {
    try {
      return desk.statements.formed(spec, grounds);
    } catch (error) {
      if (!(error instanceof desk.Refused)) throw error;
      return null;
    }
  }
  const isEmpty = (spec) => desk.statements.plain(spec) && !Object.keys(spec).length;
  const label = (name) => text[`desk.name_${name}`];
  const three = ([low, middle, high]) => `${percent(middle, 1, true)} (${percent(low, 0, true)} … ${percent(high, 0, true)})`;

  // Rows of the table of numbers: what each is called, and how an answer says it.
  const RETURN = [
    [text["tile.median"], (found) => moment(found.median, found)],
    [text["desk.row_span"], span],
    [text["tile.within"], (found) => `${odds(found.within12)} ± ${number(error(found.within12, found), 0)}`],
    [text["desk.row_not"], (found) => odds(found.notWithin)],
    [text["desk.row_below"], (found) => number(found.below, 1)],
    [text["desk.row_relapse"], (found) => (found.relapse === null ? "" : odds(found.relapse))],
  ];
  const ONSET = desk.data.calm ? [
    [text["tile.onset"], (found) => `${odds(withinYear(found))} ± ${number(error(withinYear(found), found), 0)}`],
    [text["desk.row_onset"], (found) => odds(found.begun[found.begun.length - 1])],
  ] : [];
  const ROWS = [
    ...(desk.data.slumps ? RETURN : ONSET),
    ...desk.data.years.map((year) => [text["desk.growth_of"].replace("{year}", year), (found) => three(found.growth[year].quantiles)]),
    ...desk.data.years.filter((year) => desk.data.targets[year] !== undefined).flatMap((year) => {
      const said = { year, target: percent(desk.data.targets[year], 1) };
      return [
        [say("desk.row_reached", said), (found) => odds(found.growth[year].reached)],
        [say("desk.row_needed", said), (found) => (found.growth[year].needed === null ? "" : percent(found.growth[year].needed, 1, true))],
      ];
    }),
    ...["yoy_pct", "mom_pct"].map((rate) => [
      `${desk.words.short(desk.words.later(desk.data.origin, 1))}: ${text[`rate.${rate}`]}`, (found) => three(found.prints[rate][0])]),
    [text["desk.row_plausibility"], (found) => (found.plausibility === null ? "" : odds(found.plausibility))],
    [text["desk.row_distance"], (found) => (found.distance === null ? "" : number(found.distance, 2))],
    [text["desk.row_effective"], (found) => number(found.effective, 0)],
  ];

  // Monte-Carlo error of a chance, two standard errors in points, and of the sample against all paths.
  const error = (p, found) => 200 * Math.sqrt((p * (1 - p)) / found.effective);

  function table(columns) {
    const head = element("tr", {}, element("td"), ...columns.map((name) => element("th", { scope: "col" }, label(name))));
    const rows = ROWS.map(([what, said]) => element("tr", {}, element("th", { scope: "row" }, what),
      ...columns.map((name) => element("td", { "data-label": label(name) }, answers[name].refused ? "–" : said(answers[name])))));
    at("numbers").replaceChildren(element("caption", {}, text["desk.numbers"]), element("thead", {}, head), element("tbody", {}, ...rows));
  }

  function told(columns) {
    const lines = columns.map((name) => [name, answers[name].refused ? refusal(answers[name].refused) : finding(answers[name])]);
    at("findings").replaceChildren(...lines.map(([name, line]) =>
      element("p", { class: answers[name].refused ? "mark" : "finding" }, element("strong", { class: name }, `${label(name)}: `), line)));
    const pairs = [["base", "a"], ["base", "b"], ["a", "b"]].filter((pair) => pair.every((name) => columns.includes(name) && !answers[name].refused));
    at("compared").textContent = pairs.map(([first, second]) =>
      compared(answers[first], answers[second], { first: label(first), second: label(second) })).join(" ");
  }

  // Only what has something to say: the baseline, and each scenario with a lever moved.
  const columnsShown = () => NAMES.filter((name) => name === "base" || !isEmpty(state[name]));

  function redraw() {
    const began = performance.now();
    answers = { base, a: isEmpty(state.a) ? base : desk.answer(state.a), b: isEmpty(state.b) ? base : desk.answer(state.b) };
    const columns = columnsShown(), shown = Object.fromEntries(columns.map((name) => [name, answers[name]]));
    told(columns);
    table(columns);
    desk.charts.all({ ...shown, [state.now]: answers[state.now] }, state.now);
    at("yaml").textContent = legible(state[state.now]) ? desk.yaml.entry(`desk_${state.now}`, state[state.now]) : "";
    beside();
    desk.tookMs = performance.now() - began;
  }

  // What the levers do not show of the scenario that they move.
  function beside() {
    const { now } = state, rest = desk.levers.beside(), lines = [];
    if (!legible(state[now])) lines.push(text["desk.anew"]);
    if (!isEmpty(rest)) lines.push(say("desk.kept", { rest: desk.yaml.flow(rest) }));
    if (unheard[now]?.length) lines.push(say("desk.unheard", { parts: unheard[now].map(partName).join(", ") }));
    at("beside").textContent = lines.join(" ");
    at("beside").hidden = !lines.length;
  }

  function moved() {
    const spec = desk.levers.read();
    state = { ...state, [state.now]: legible(spec) || spec };
    unheard = { ...unheard, [state.now]: [] };
    history.replaceState(null, "", desk.state.written(state));
    redraw();
  }

  function chosen(name) {
    state = { ...state, now: name };
    ["a", "b"].forEach((of) => { at(`scenario-${of}`).checked = of === name; });
    desk.levers.show(legible(state[name]) || {});
    history.replaceState(null, "", desk.state.written(state));
    redraw();
  }

  // What a link says by levers that this desk hides is not heard, and said to be left out.
  const isHidden = (key) => !desk.data.slumps && ["judgement", "recovery", "horizon"].includes(key);
  function heard(spec) {
    const own = desk.statements.plain(spec) ? Object.fromEntries(Object.entries(spec).filter(([key]) => !isHidden(key))) : spec;
    return legible(own) || own;
  }

  function opened() {
    const read = desk.state.read(location.hash) || state;
    unheard = Object.fromEntries(["a", "b"].map((name) => [name, Object.keys(read[name] || {}).filter(isHidden)]));
    state = { ...read, a: heard(read.a), b: heard(read.b) };
    chosen(state.now);
  }

  function saved(name, address) {
    const link = element("a", { href: address, download: name });
    link.click();
  }
  const data = (kind, content) => `data:${kind};charset=utf-8,${encodeURIComponent(content)}`;
  const fileName = (kind) => `desk-${desk.data.name}-${desk.data.asOf}.${kind}`;

  async function copied() {
    const range = document.createRange();
    range.selectNodeContents(at("yaml"));
    getSelection().removeAllRanges();
    getSelection().addRange(range);
    const done = await navigator.clipboard?.writeText(at("yaml").textContent).then(() => true, () => false);
    at("copied").textContent = text[done ? "desk.copied" : "desk.select_copy"];
  }

  document.querySelectorAll("[data-say]").forEach((of) => { of.textContent = text[of.dataset.say]; });
  document.querySelectorAll("[data-label]").forEach((of) => { of.setAttribute("aria-label", text[of.dataset.label]); });
  desk.levers.draw(at("levers"), moved);
  if (!desk.data.slumps) ["lever-judgement", "lever-rule", "returns"].forEach((id) => { at(id).hidden = true; });
  if (!desk.data.slumps && !desk.data.calm) at("chance").hidden = true;
  if (desk.data.calm) {
    at("chance").querySelector("h3").textContent = text["desk.chart_onset"];
    at("chart-chance").setAttribute("aria-label", text["desk.alt_onset"]);
  }
  ["a", "b"].forEach((name) => at(`scenario-${name}`).addEventListener("change", () => chosen(name)));
  at("clear").addEventListener("click", () => { state = { ...state, [state.now]: {} }; unheard = { ...unheard, [state.now]: [] }; chosen(state.now); });
  at("copy").addEventListener("click", copied);
  at("csv").addEventListener("click", () => saved(fileName("csv"), data("text/csv", desk.csv.file(Object.fromEntries(columnsShown().map((name) => [name, answers[name]]))))));
  at("picture").addEventListener("click", () => saved(fileName("png"), desk.charts.picture(at("findings").innerText.split("\n")[0])));
  addEventListener("hashchange", opened);
  addEventListener("resize", desk.charts.fit);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
  opened();
})();
