// What is typed, in the address: a copied link opens the same desk.
desk.state = (() => {
  const EMPTY = { now: "a", a: {}, b: {} };

  const written = (state) => `#${encodeURIComponent(JSON.stringify(state))}`;
  // null where the address holds no scenarios, as that of a place in the page; a link that cannot be read is no scenario.
  function read(hash) {
    if (!/^#(\{|%7B)/i.test(hash)) return null;
    try {
      const { now, a = {}, b = {} } = JSON.parse(decodeURIComponent(hash.slice(1)));
      return { now: now === "b" ? "b" : "a", a, b };
    } catch {
      return { ...EMPTY, a: null };
    }
  }

  return { EMPTY, written, read };
})();
