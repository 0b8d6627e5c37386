"""The mutation gate: small mistakes put into the rooms of numbers one at a time; a fast test must fail for each.

    python -m tests.mutants --take 300 --seed 7413638

`mutations` makes mistakes of the syntax tree by rule, `planted` holds those that people made or that once lived,
`rooms` says which tests prove which room, `equivalent` names mutants that change no number, with the reason.
"""
