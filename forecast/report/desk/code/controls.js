// Controls of the page: a choice, and a number to type beside a slider that follows it.
desk.controls = (() => {
  const { text, say, number, exact, because } = desk.words;

  const element = (tag, attributes = {}, ...children) => {
    const made = document.createElement(tag);
    Object.entries(attributes).forEach(([name, value]) => made.setAttribute(name, value));
    made.append(...children);
    return made;
  };

  // A choice among [value, words].
  function choice(changed, name, label, options) {
    const select = element("select", { id: name, name }, ...options.map(([value, words]) => element("option", { value }, words)));
    select.addEventListener("change", changed);
    return element("p", { class: "control" }, element("label", { for: name }, label), select);
  }

  // The box holds the number, to any decimal; the slider moves it in steps. takes: what `desk.statements.fault` lets pass,
  // and `none` beside it. unit: what follows the number when it is read aloud.
  function slider(changed, name, label, { min, max, step, unit, takes, none }) {
    const range = element("input", { type: "range", id: name, name, min, max, step });
    const typed = element("input", { type: "number", step: "any", "aria-label": label, "aria-describedby": `${name}-fault` });
    const fault = element("span", { id: `${name}-fault`, class: "mark", role: "alert" });
    const tell = (why) => {
      fault.textContent = why ? say("desk.not_taken", { why: because(why), taken: exact(range.taken) }) : "";
      fault.hidden = !why;
      typed.setAttribute("aria-invalid", String(Boolean(why)));
    };
    const take = (value) => {
      range.taken = value;
      range.value = value;
      range.setAttribute("aria-valuetext", `${step < 1 && Number.isInteger(value) ? number(value, 1) : exact(value)} ${unit}`);
      tell(null);
    };
    range.addEventListener("input", () => { typed.value = range.value; take(Number(range.value)); changed(); });
    typed.addEventListener("input", () => {
      const given = typed.value === "" ? null : Number(typed.value), why = given === none ? null : desk.statements.fault(given, takes);
      if (why) { tell(why); return; }
      take(given);
      changed();
    });
    range.show = (value) => { typed.value = value; take(value); };
    return element("p", { class: "control" }, element("label", { for: name }, label), range, typed, element("span", { class: "unit" }, unit), fault);
  }

  const control = (name) => document.getElementById(name);
  const value = (name) => control(name).value;
  const amount = (name) => control(name).taken;
  const put = (name, to) => (control(name).show ? control(name).show(to) : (control(name).value = to));
  const offers = (name, wanted) => [...control(name).options].some((of) => of.value === wanted);
  const group = (key, ...children) => element("fieldset", { id: `lever-${key}` }, element("legend", {}, text[`desk.${key}`]), ...children);

  return { element, choice, slider, group, value, amount, put, offers };
})();
