// A scenario that is well said and has no answer: a code that names the reason, and the numbers that its sentence quotes.
desk.Refused = class extends Error {
  constructor(code, ...values) {
    super(code);
    this.code = code;
    this.values = values;
  }
};

desk.enough = (left, before, { number, share }) => {
  const least = Math.max(number, share * before), there = desk.rows.effective(left);
  const tie = 1e-6;  // weights add up to one but for rounding
  if (there < least - tie) throw new desk.Refused("few", Math.floor(there + tie), Math.round(before), Math.ceil(least - tie));
};
