// A scenario as the lines of a config, which `forecast run` answers in full.
desk.yaml = (() => {
  const flow = (value) => {
    if (Array.isArray(value)) return `[${value.map(flow).join(", ")}]`;
    if (value === null || typeof value !== "object") return String(value);
    return `{${Object.entries(value).map(([key, item]) => `${key}: ${flow(item)}`).join(", ")}}`;
  };

  // The entry of `scenarios`; what is a key of the whole question stands as a comment.
  function entry(name, spec) {
    const { horizon, ...own } = spec;
    const lines = [`  - name: ${name}`, ...Object.entries(own).map(([key, value]) => `    ${key}: ${flow(value)}`)];
    if (horizon) lines.push(`    # horizon: ${horizon}  ${desk.words.text["desk.yaml_horizon"]}`);
    return `scenarios:\n${lines.join("\n")}\n`;
  }

  return { entry, flow };
})();
