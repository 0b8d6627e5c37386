// What the charts show, month by month, as a table of comma-separated values.
desk.csv = (() => {
  const FAN = ["q05", "q10", "q25", "median", "q75", "q90", "q95"];

  function file(answers) {
    const shown = Object.entries(answers).filter(([, found]) => !found.refused);
    const { calm, slumps } = desk.data;
    const columns = slumps ? ["chance_by", ...FAN] : calm ? ["slump_begun_by", ...FAN] : FAN;
    const cells = (found, h) => [...(slumps ? [found.by[h + 1]] : calm ? [found.begun[h]] : []), ...found.fan.map((of) => of[h])];
    const head = ["month", ...shown.flatMap(([name]) => columns.map((column) => `${name}_${column}`))];
    const longest = Math.max(...shown.map(([, found]) => found.horizon));
    const rows = Array.from({ length: longest }, (_, h) => [
      desk.words.later(desk.data.origin, h + 1),
      ...shown.flatMap(([, found]) =>
        (h < found.horizon ? cells(found, h).map((v) => v.toFixed(6)) : columns.map(() => ""))),
    ]);
    return [head, ...rows].map((row) => row.join(",")).join("\n") + "\n";
  }

  return { file };
})();
