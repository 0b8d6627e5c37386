// What is typed, in the address: a copied link opens the same desk.
desk.state = (() => {
  const EMPTY = { now: "a", a: {}, b: {} };

  const written = (state) => `#${encodeURIComponent(JSON.stringify(state))}`;
  function read(hash) {
    try {
      const found = JSON.parse(decodeURIComponent(hash.slice(1)));
      const plain = (of) => of !== null && typeof of === "object" && !Array.isArray(of);
      return plain(found) && plain(found.a) && plain(found.b) ? { now: found.now === "b" ? "b" : "a", a: found.a, b: found.b } : EMPTY;
    } catch {
      return EMPTY;
    }
  }

  return { EMPTY, written, read };
})();
